// Parameters of those who administer policy.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct AdministrationParameters {
    double money_share, staffing, pay;

    AdministrationParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
