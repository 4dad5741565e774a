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

}  // namespace

void move_macro(const Config& c, sim::Draws draws, int step, State& s) {
    const auto& p = c.parameters.macro;
    const double h = s.clock.dt();
    const auto now = static_cast<sim::Step>(step);
    const bool before_start = s.clock.in_burn_in(step);
    const auto& path = c.macro[c.macro.index_of(c.scenario.macro)];
    // The years before the start are known: their growth is the industry's own figure, without shocks.
    const auto from_start = [&](auto&& before, auto&& since) {
        return from_middle_to_middle(step,
                                     [&](int t) { return s.clock.in_burn_in(t) ? before() : since(s.clock.time(t)); });
    };
    const auto nothing = [] { return 0.0; };
    const auto of_prices = [&](auto&& at) {
        return from_middle_to_middle(step, [&](int t) { return at(s.clock.time(t)); });
    };

    move_factors(c, draws, step, s);
    const double volatility = before_start ? 0.0 : 1.0;
    const double deviation =
        from_start(nothing, [&](sim::Time time) { return path.industrial_growth.at(time) - p.normal_growth; });
    const double common_prices = of_prices([&](sim::Time time) { return path.price_growth.at(time); });

    for (std::size_t i = 0, entity = 0; i < s.industries.size(); ++i) {
        const auto& row = c.industries[i];
        auto& industry = s.industries[i];
        const auto normals = draws.at(streams::industry, now).normals(entity);
        entity += row.present;
        industry.shock =
            autoregressive(industry.shock, p.industry_persistence, volatility * row.demand_volatility, normals[0], h);
        const auto at = static_cast<Eigen::Index>(i);
        const double trend =
            from_start([&] { return row.burn_in_demand_growth; },
                       [&](sim::Time time) { return row.demand_growth + demand_deviation(c, path, i, time); });
        industry.demand_change = national_demand_growth({.trend = trend,
                                                         .path_deviation = deviation,
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
        industry.price_trend = of_prices([&](sim::Time time) { return price_trend(c, path, i, time); });
        industry.usual_price_growth = before_start ? 0.0 : row.price_growth + common_prices;
        industry.price_shock =
            before_start ? 0.0 : price_change(0, row.price_volatility, normals[2], h) + s.common.prices[at];
        industry.frontier_change = h * by_value_added(row.frontier_growth, row.value_added_ratio);
        industry.frontier += industry.frontier_change;
    }

    s.city.land_density =
        sim::exp(c.parameters.land.density_growth * (s.clock.time(step) - static_cast<double>(c.scenario.start_year)));
    const double inflation = before_start ? 0.0 : common_prices;
    s.city.wage_change = h * from_start([&] { return p.burn_in_wage_growth; },
                                        [&](sim::Time time) { return path.wage_growth.at(time); });
    s.city.real_wage_change = s.city.wage_change - h * inflation;
    const auto index = [](double value) { return sim::clamp(value, limits::least_index, limits::most_index); };
    const double first_wage = c.parameters.production.wage;
    s.city.wage = sim::clamp(s.city.wage * sim::exp(s.city.wage_change), first_wage * limits::least_index,
                             first_wage * limits::most_index);
    if (before_start) return;
    const auto rest = static_cast<Eigen::Index>(s.industries.size());
    s.city.rest_price = index(s.city.rest_price * sim::exp(common_prices * h + s.common.prices[rest]));
    s.city.capital_price = s.city.rest_price;
    const double common_rest = s.common.national[rest] + s.common.city[rest];
    s.city.rest_path = sim::min(s.city.rest_path * sim::exp(h * (c.parameters.rest.growth + deviation) + common_rest),
                                limits::most_rest);
}

}  // namespace growth
