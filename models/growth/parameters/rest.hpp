// Parameters of the rest of industry.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct RestParameters {
    double growth, output_per_worker, output_per_area, capital_output;
    double labour_demand, labour_elasticity, capital_elasticity, land_elasticity;
    double credit_displaced, capital_adjustment;

    RestParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
