#include "models/growth/base_year.hpp"

#include "models/growth/config.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

void fit_capital(Config& c) {
    const double h = 1.0 / static_cast<double>(c.scenario.steps_per_year);
    const double worn = (1 - sim::exp(-c.parameters.investment.depreciation * h)) / h;
    // ratios are medians, and the mean of a lognormal lies above its median
    const auto& p = c.parameters.population;
    const double spread = p.technique_spread, mean = sim::exp(0.5 * spread * spread);
    double needed = 0;
    for (const auto& industry : c.industries)
        if (industry.present)
            needed += mean * industry.capital_output_ratio * industry.base_sales / c.parameters.production.sales_ratio *
                      (p.capital_growth_ratio * industry.burn_in_demand_growth + worn);
    if (needed <= 0) return;
    const double factor = sim::clamp(c.scenario.base_investment / needed, 0.5, 2.0);
    for (auto& industry : c.industries) industry.capital_output_ratio *= factor;
}

}  // namespace growth
