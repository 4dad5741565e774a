// Parameters of production.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct ProductionParameters {
    double capital_share, utilisation_normal, utilisation_max, sales_ratio;
    double labour_adjustment, crew_max, wage, other_cost;
    double price_response, price_spread, price_persistence;

    ProductionParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
