#include "models/growth/investment.hpp"

#include "models/growth/accounts.hpp"
#include "models/growth/by_field.hpp"
#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/land.hpp"
#include "models/growth/policy/channels.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/policy/subsidies.hpp"
#include "models/growth/production.hpp"
#include "models/growth/state.hpp"
#include "sim/math/sum.hpp"

namespace growth {

namespace {

double user_cost(const Config& c, const State& s) {
    const auto& p = c.parameters.investment;
    const double spread = c.parameters.accounts.lending_spread;
    return user_cost_effect(s.city.interest_rate, p.normal_lending_rate + spread, p.depreciation,
                            p.user_cost_elasticity);
}

// Desired capital of a firm, for maintenance and expansion alike: a function of its rows.
auto desired(const Config& c, const State& s, const Cell& cell) {
    const auto& production = c.parameters.production;
    return [
        &production, backlog_years = c.parameters.investment.backlog_years,
        ratio = c.industries[cell.industry].value_added_ratio, rise = by_field(s, cell, &FieldState::expected_rise),
        cost = user_cost(c, s), &f = s.firms, answer = CostAnswer(c, s, Base::investment, position_of(s, cell))
    ](sim::Lanes at) __attribute__((always_inline)) {
        const auto orders = orders_to_build_for(f.demand(at), f.backlog(at), backlog_years);
        const auto designed = designed_capital(production, orders, f.efficiency(at), f.log_crew(at), ratio);
        return desired_capital(designed, rise(at), cost) * answer(f.tier(at), f.sales(at), f.id(at));
    };
}

}  // namespace

void plan_investment(const Config& c, int, State& s, Block& block) {
    const Cell& cell = s.cells[block.cell];
    const auto p = c.parameters.investment;
    const auto accounts = c.parameters.accounts;
    const double intensity = land_intensity(c, s, cell), tightness = s.city.credit_tightness;
    const ByTier help = s.policy.effects.of(Channel::credit_limit, block.cell);
    const auto wanted_capital = desired(c, s, cell);
    const auto& land = c.parameters.land;
    const double slack = 1 - sim::min(land.initial_slack, limits::most_land_slack),
                 given_up = 1 - sim::exp(-land.resale * s.clock.dt());
    const double price = c.places[cell.place].land_price, price_of_plant = s.city.capital_price;
    const double plants_a_sale = 1 / p.plant_sales;
    sim::LaneSum returned;
    auto& f = s.firms;

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto capital = f.capital(at), under_way = f.under_way(at), sales = f.sales(at);
        const auto wanted = expansion(capital, under_way, wanted_capital(at), plants_a_sale * sales, p.trigger, p.lump);
        const auto limit = credit_limit<sim::Pack>(accounts,
                                                   {.sales = sales,
                                                    .guaranteed = f.guaranteed(at),
                                                    .added = help(f.tier(at)),
                                                    .dependence = bank_dependence(accounts, f.labour(at))},
                                                   tightness);
        const auto finance = available_finance<sim::Pack>({.cash = f.cash(at) + f.grants(at) + f.equity(at),
                                                           .sales = sales,
                                                           .limit = limit,
                                                           .debt = f.debt(at),
                                                           .under_way = price_of_plant * under_way},
                                                          accounts.buffer, p.finance_share);
        const auto order = f.alive(at) * sim::min(wanted, finance / price_of_plant);
        const auto fits = order_within_land(capital, under_way, order, f.land(at), intensity);
        f.progress[at] = joined_progress(f.progress(at), under_way, fits);
        f.under_way[at] = under_way + fits;
        f.order[at] = order - fits;
        f.land_request[at] =
            sim::select(order > 0.0, land_needed(capital, under_way, order, f.land(at), intensity), sim::Pack(0.0));
        const auto idle = given_up * land_idle(capital + under_way + order, f.land(at), slack * intensity);
        f.land[at] -= idle;
        f.land_cost[at] = -price * idle;
        returned.add(at, idle);
    });
    block.sum = returned.total();
}

void build(const Config& c, int step, State& s, Block& block) {
    const auto p = c.parameters.investment;
    const double h = s.clock.dt();
    const Cell& cell = s.cells[block.cell];
    const auto wanted_capital = desired(c, s, cell);
    const double delay =
        time_to_build(p.time_to_build, p.approval_share, s.policy.effects.of(Channel::approval, block.cell).everyone());
    const double worn_share = 1 - sim::exp(-p.depreciation * h), nearer = h / delay;
    const bool opens_year = s.clock.opens_year(step);
    const double plants_a_sale = 1 / p.plant_sales;
    const double denser = share_built_denser(c.parameters.land.dense_years, h);
    const double now = s.clock.time(step), price_of_plant = s.city.capital_price,
                 real_wage_growth = s.city.real_wage_change / h;
    const double embodied_growth = p.embodied_share * s.industries[cell.industry].frontier_change / h;
    sim::LaneSum total;
    auto& f = s.firms;

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto capital = f.capital(at);
        const auto lump = p.lump / (1 + plants_a_sale * f.sales(at));
        const auto kept_up = f.alive(at) * maintenance(capital, wanted_capital(at), sim::Pack(lump), worn_share);
        const auto waiting = f.order(at), on_old_land = denser * waiting;
        const auto under_way = f.under_way(at) + on_old_land;
        const auto progress = joined_progress(f.progress(at), f.under_way(at), on_old_land) + nearer;
        const auto share = share_completed(progress, nearer);
        const auto opens = sim::select(share >= opens_whole, sim::Pack(1.0), sim::Pack(0.0));
        const auto completed = under_way * sim::select(f.founding(at) > 0.0, opens, share);
        const auto added = kept_up + completed, investment = price_of_plant * added;
        const auto held = (1 - worn_share) * capital + added;
        const auto renewed = renewal(f.vintage(at), added / sim::max(held, sim::Pack(1e-12)), now, embodied_growth,
                                     p.substitution * real_wage_growth);
        f.order[at] = waiting - on_old_land;
        f.under_way[at] = under_way - completed;
        f.progress[at] = sim::select(completed >= under_way, sim::Pack(0.0), progress);
        f.capital[at] = held;
        f.vintage[at] = renewed.vintage;
        f.log_crew[at] = sim::clamp(f.log_crew(at) + renewed.log_crew, limits::least_log_crew, limits::most_log_crew);
        f.efficiency[at] += renewed.efficiency;
        f.efficiency_change[at] += renewed.efficiency;
        f.completed[at] = added;
        f.investment[at] = investment;
        f.year_investment[at] = opens_year ? added : f.year_investment(at) + added;
        total.add(at, investment);
    });
    block.sum = total.total();
}

void count_investment(State& s) {
    for (const Block& block : s.blocks) s.place_investment[s.cells[block.cell].place] += block.sum;
}

}  // namespace growth
