#include "models/growth/policy/attention.hpp"

#include <numeric>

#include "models/growth/config.hpp"
#include "models/growth/measure/figures.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/measure/units.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

// How far an industry's reported output lies behind the path to its target, in logarithms; 0 without a target.
double lag_of(const Config& c, const State& s, std::size_t industry, double years_passed) {
    for (const auto& target : c.targets) {
        if (!is_output_of(target, c.industries[industry].key)) continue;
        const double start = s.baseline.sales[industry] / c.parameters.production.sales_ratio;
        const double reported = s.industries[industry].year_output * sim::exp(s.city.reporting_wedge);
        auto unit = unit_in(c.units, figure("output")->unit);
        unit += "/year";
        const double wanted = target.value * unit_factor(target, unit).value_or(1);
        if (start <= 0 || reported <= 0 || wanted <= 0) return 0;
        const auto last = c.scenario.start_year + c.scenario.years - 1;
        const auto years = year_of(target, last) - c.scenario.start_year + 1;
        const double share = years_passed / static_cast<double>(years);
        return sim::log(start) + share * sim::log(wanted / start) - sim::log(reported);
    }
    return 0;
}

void weigh_industries(const Config& c, int step, State& s) {
    const double response = s.policy.effects.city(Channel::attention);
    auto& attention = s.policy.attention;
    if (response == 0) {
        attention.assign(attention.size(), 1.0);
        return;
    }
    const double years_passed = s.clock.time(step) - static_cast<double>(c.scenario.start_year);
    double mean = 0;
    const double all = std::accumulate(s.baseline.sales.begin(), s.baseline.sales.end(), 0.0);
    for (std::size_t i = 0; i < attention.size(); ++i) {
        attention[i] = attention_weight(lag_of(c, s, i, years_passed), response);
        mean += attention[i] * s.baseline.sales[i] / all;
    }
    for (double& each : attention) each /= mean;
}

}  // namespace

void assess(const Config& c, int step, State& s) {
    if (!s.clock.opens_year(step)) return;
    if (step > s.clock.first_step()) weigh_industries(c, step, s);
    for (auto& industry : s.industries) industry.year_output = 0;
}

}  // namespace growth
