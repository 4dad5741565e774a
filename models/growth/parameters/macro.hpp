// Parameters of the macro economy.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct MacroParameters {
    double industry_persistence;
    double normal_growth, burn_in_wage_growth;

    MacroParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
