// Parameters of the labour market.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct LabourMarketParameters {
    double commuting, unemployment, wage_response, natural_growth, migration, turnover;

    LabourMarketParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
