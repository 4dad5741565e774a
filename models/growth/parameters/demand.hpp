// Parameters of demand.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct DemandParameters {
    double change_response, level_response, local_stealing, price_elasticity, size_drag;
    double order_volatility, order_size_exponent, transitory_share, link_years, delivery_years, cancellation;

    DemandParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
