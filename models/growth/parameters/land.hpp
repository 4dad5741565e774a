// Parameters of land.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct LandParameters {
    double normal_share, initial_slack, size_priority, noise, reserve_years, entrant_years, resale, density_growth,
        dense_years;
    double development_cost;

    LandParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
