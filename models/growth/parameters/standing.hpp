// Parameters of tiers and status.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct StandingParameters {
    double leading_sales, growing_growth, growing_min_sales, start_up_years, grafted_years;
    double high_tech_rate, high_tech_notch, notch_pull, centre_rate, centre_research, national_rate;
    double national_research, national_quota, large_sales;

    StandingParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
