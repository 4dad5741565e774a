#include "models/growth/macro.hpp"

#include "models/growth/config.hpp"
#include "models/growth/factors.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/production.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

namespace {

// Of the whole industry; what is said of one field is read where fields move.
bool speaks_of(const IndustryPath& words, const MacroPath& path, const Industry& industry) {
    return words.macro == path.key && words.industry == industry.key && words.field.empty();
}

// Price growth of an industry in force at a time: the path's own words for it, or trend and common growth.
double price_trend(const Config& c, const MacroPath& path, std::size_t industry, sim::Time time) {
    for (const auto& words : c.industry_paths)
        if (speaks_of(words, path, c.industries[industry]) && !words.price_growth.is_zero())
            return words.price_growth.at(time);
    return c.industries[industry].price_growth + path.price_growth.at(time);
}

double demand_deviation(const Config& c, const MacroPath& path, std::size_t industry, sim::Time time) {
    for (const auto& words : c.industry_paths)
        if (speaks_of(words, path, c.industries[industry])) return words.demand_growth.at(time);
    return 0;
}

// What is in force in a step (E115). The years before the start are known: their growth is the industry's own figure,
// without shocks.
struct Outlook {
    const Config& c;
    const Clock& clock;
    int step;
    const MacroPath& path = c.macro[c.macro.index_of(c.scenario.macro)];
    bool before_start = clock.in_burn_in(step);
    double deviation = from_start(
        0, [this](sim::Time time) { return path.industrial_growth.at(time) - c.parameters.macro.normal_growth; });
    double price_growth = of_prices([this](sim::Time time) { return path.price_growth.at(time); });

    [[nodiscard]] double from_start(double before, auto&& since) const {
        return from_middle_to_middle(step, [&](int t) { return clock.in_burn_in(t) ? before : since(clock.time(t)); });
    }
    [[nodiscard]] double of_prices(auto&& at) const {
        return from_middle_to_middle(step, [&](int t) { return at(clock.time(t)); });
    }
};

void move_industries(const Config& c, sim::Draws draws, const Outlook& outlook, State& s) {
    const double h = s.clock.dt();
    const auto now = static_cast<sim::Step>(outlook.step);
    const double volatility = outlook.before_start ? 0.0 : 1.0;
    for (std::size_t i = 0, entity = 0; i < s.industries.size(); ++i) {
        const auto& row = c.industries[i];
        auto& industry = s.industries[i];
        const auto normals = draws.at(streams::industry, now).normals(entity);
        entity += row.present;
        industry.shock = autoregressive(industry.shock, c.parameters.macro.industry_persistence,
                                        volatility * row.demand_volatility, normals[0], h);
        const auto at = static_cast<Eigen::Index>(i);
        const double trend = outlook.from_start(row.burn_in_demand_growth, [&](sim::Time time) {
            return row.demand_growth + demand_deviation(c, outlook.path, i, time);
        });
        industry.demand_change = national_demand_growth({.trend = trend,
                                                         .path_deviation = outlook.deviation,
                                                         .exposure = row.macro_exposure,
                                                         .own = industry.shock,
                                                         .common = s.common.national[at]},
                                                        h);
        industry.city_change = s.common.city[at];
        industry.demand_change =
            limits::change_within(industry.log_demand, industry.demand_change, limits::national_demand);
        industry.log_demand += industry.demand_change;
        industry.expected_growth = adjusted(industry.expected_growth, industry.demand_change / h,
                                            1 / c.parameters.investment.expectation_memory, h);
        industry.price_trend = outlook.of_prices([&](sim::Time time) { return price_trend(c, outlook.path, i, time); });
        industry.usual_price_growth = outlook.before_start ? 0.0 : row.price_growth + outlook.price_growth;
        industry.price_shock =
            outlook.before_start ? 0.0 : price_change(0, row.price_volatility, normals[2], h) + s.common.prices[at];
        industry.frontier_change = h * by_value_added(row.frontier_growth, row.value_added_ratio);
        industry.frontier += industry.frontier_change;
    }
}

}  // namespace

void move_macro(const Config& c, sim::Draws draws, int step, State& s) {
    move_factors(c, draws, step, s);
    const Outlook outlook{.c = c, .clock = s.clock, .step = step};
    move_industries(c, draws, outlook, s);

    const double h = s.clock.dt();
    s.city.land_density =
        sim::exp(c.parameters.land.density_growth * (s.clock.time(step) - static_cast<double>(c.scenario.start_year)));
    const double inflation = outlook.before_start ? 0.0 : outlook.price_growth;
    s.city.wage_change = h * outlook.from_start(c.parameters.macro.burn_in_wage_growth,
                                                [&](sim::Time time) { return outlook.path.wage_growth.at(time); });
    s.city.real_wage_change = s.city.wage_change - h * inflation;
    const auto index = [](double value) { return sim::clamp(value, limits::least_index, limits::most_index); };
    const double first_wage = c.parameters.production.wage;
    s.city.wage = sim::clamp(s.city.wage * sim::exp(s.city.wage_change), first_wage * limits::least_index,
                             first_wage * limits::most_index);
    if (outlook.before_start) return;
    const auto rest = static_cast<Eigen::Index>(s.industries.size());
    s.city.rest_price = index(s.city.rest_price * sim::exp(outlook.price_growth * h + s.common.prices[rest]));
    s.city.capital_price = s.city.rest_price;
    const double common_rest = s.common.national[rest] + s.common.city[rest];
    s.city.rest_path =
        sim::min(s.city.rest_path * sim::exp(h * (c.parameters.rest.growth + outlook.deviation) + common_rest),
                 limits::most_rest);
}

}  // namespace growth
