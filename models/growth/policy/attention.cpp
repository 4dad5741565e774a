#include "models/growth/policy/attention.hpp"

#include <numeric>

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

// How far an industry's reported output lies behind the path to its target, in logarithms; 0 without a target.
double lag_of(const Config& c, const State& s, std::size_t industry, double years_passed) {
    for (const auto& target : c.targets) {
        if (target.indicator != Indicator::output || target.industry != c.industries[industry].key) continue;
        const double start = s.baseline.sales[industry] / c.parameters.production.sales_ratio;
        const double reported = s.industries[industry].year_output * sim::exp(s.city.reporting_wedge);
        if (start <= 0 || reported <= 0 || target.value <= 0) return 0;
        const double share = years_passed / static_cast<double>(c.scenario.years);
        return sim::log(start) + share * sim::log(target.value / start) - sim::log(reported);
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
