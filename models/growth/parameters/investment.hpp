// Parameters of investment.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct InvestmentParameters {
    double depreciation, trigger, plant_sales, lump, time_to_build, approval_share, horizon_years;
    double expectation_memory, user_cost_elasticity, normal_lending_rate, finance_share;
    double backlog_years, embodied_share, substitution;

    InvestmentParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
