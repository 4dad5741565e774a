// Parameters of the firms at the start.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct PopulationParameters {
    double base_threshold, new_threshold, new_threshold_from, tail_share, tail_exponent, fringe_median;
    double fringe_spread, technique_spread, labour_spread, mean_age, debt_ratio, cash_ratio;
    double intensity_spread, size_cap, debt_spread, cash_spread;
    double capital_growth_ratio, fringe_research, high_tech_share, provincial_share, city_share;

    PopulationParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
