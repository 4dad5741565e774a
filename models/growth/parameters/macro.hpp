// Parameters of the macro economy.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct MacroParameters {
    double macro_persistence, macro_volatility;
    double industry_persistence, industry_correlation;
    double jump_rate, jump_mean, jump_spread;
    double normal_growth, rest_growth;

    MacroParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
