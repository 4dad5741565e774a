// Parameters of what travels between fields.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct SupplyChainParameters {
    double local_sourcing, price_adjustment, cost_pass_through, upstream_elasticity;

    SupplyChainParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
