#include "models/growth/newborn.hpp"

#include <algorithm>

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/investment.hpp"
#include "models/growth/land.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/policy/channels.hpp"
#include "models/growth/standing.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"
#include "sim/population/table.hpp"

namespace growth {

Newborn with_traits(const Config& c, sim::Draws draws, const Cell& cell, Newborn n) {
    const auto& population = c.parameters.population;
    const auto& industry = c.industries[cell.industry];
    const auto normal = draws.at(streams::birth, 0).normals(n.id, streams::traits);
    const auto uniform = draws.at(streams::birth, 0).uniforms(n.id, streams::chances);
    n.capital_output = sim::clamp(industry.capital_output_ratio * sim::exp(population.technique_spread * normal[0]),
                                  limits::least_capital_output, limits::most_capital_output);
    n.connection = normal[1];
    n.price_wedge = c.parameters.production.price_spread * normal[3];
    n.vintage = n.born;
    n.exports_share = industry.exports_share.value_or(0);
    const bool performs = uniform[0] < industry.research_share;
    n.intensity = performs ? industry.research_intensity * sim::exp(population.intensity_spread * normal[2]) : 0.0;
    n.intensity = sim::min(n.intensity, most_intensity);
    n.land_slack = sim::min(-sim::log(uniform[1]) * c.parameters.land.initial_slack, limits::most_land_slack);
    return n;
}

double progress_at_founding(const Config& c, sim::Draws draws, const State& s, const Cell& cell, const Newborn& n) {
    const auto& p = c.parameters.investment;
    const double approval = s.policy.effects.of(Channel::approval, position_of(s, cell)).everyone();
    return progress_of_founded(draws.at(streams::birth, 0).uniforms(n.id, streams::day)[0], s.clock.dt(),
                               time_to_build(p.time_to_build, p.approval_share, approval));
}

double price_of(const State& s, const Cell& cell, const Newborn& n) {
    return s.fields[s.industries[cell.industry].first_field + n.field].price * sim::exp(n.price_wedge);
}

double served(const Config& c, const Newborn& n) {
    const auto& p = c.parameters.production;
    const double crew = sim::exp((1 - p.capital_share) * sim::log(p.crew_max));
    return sim::min(n.built * crew * p.utilisation_max / p.utilisation_normal, 1.0);
}

double land_of(const Config& c, const State& s, const Cell& cell, const Newborn& n) {
    const double output = n.sales / (price_of(s, cell, n) * c.parameters.production.sales_ratio);
    const double capital = (1 + n.pipeline) * n.built * n.capital_output * output / served(c, n);
    return capital / (land_intensity(c, s, cell) * (1 - n.land_slack));
}

namespace {

void erase(State& s, sim::Index row) {
    Firms::describe(s.firms, [row](const sim::Spec&, auto& column) { column[row] = 0; });
}

}  // namespace

void found(const Config& c, State& s, const Cell& cell, sim::Index row, const Newborn& n) {
    const auto& production = c.parameters.production;
    const auto& industry = c.industries[cell.industry];
    auto& f = s.firms;
    erase(s, row);
    f.id[row] = n.id;
    f.alive[row] = 1;
    f.field[row] = static_cast<double>(n.field);
    f.born[row] = n.born;
    f.origin[row] = static_cast<double>(n.origin);
    f.connection[row] = n.connection;
    f.group_ratio[row] = n.group_ratio;
    f.exports_share[row] = n.exports_share;
    const auto& standing = c.parameters.standing;
    const auto shown =
        shown_research(n.intensity, standing.high_tech_notch, standing.notch_pull, c.parameters.innovation.relabelled);
    f.intensity[row] = shown.real;
    f.relabelled[row] = shown.relabelled;
    f.talents[row] = n.talents;
    f.efficiency[row] = n.efficiency;
    f.price_wedge[row] = n.price_wedge;
    f.vintage[row] = n.vintage;

    const double output = n.sales / (price_of(s, cell, n) * production.sales_ratio);
    const double demand = output / served(c, n), capital = n.built * n.capital_output * demand;
    // the designed crew that makes (E8) hold
    const double log_crew = limits::log_crew(
        (sim::log(industry.value_added_ratio / (production.utilisation_normal * n.capital_output)) - n.efficiency) /
        (1 - production.capital_share));
    f.log_crew[row] = log_crew;
    f.land[row] = land_of(c, s, cell, n);
    f.land_cost[row] = f.land(row) * c.places[cell.place].land_price;
    f.cash[row] = n.cash_ratio * n.sales;
    f.debt[row] = f.borrowed[row] = n.debt_ratio * n.sales;
    f.progress[row] = n.progress;
    if (n.origin == Origin::incumbent) {
        f.demand[row] = demand;
        f.output[row] = output;
        f.sales[row] = n.sales;
        f.capital[row] = capital;
        f.labour[row] = sim::exp(log_crew) * capital;
        f.research[row] = f.intensity(row) * n.sales;
        f.knowledge[row] = f.research(row) / (c.parameters.innovation.knowledge_decay + 0.1);
        f.under_way[row] = n.pipeline * capital;
    } else {
        f.founding[row] = 1;
        f.demand[row] = limits::least_demand;
        f.capital[row] = (1 - n.invested_share) * capital;
        f.under_way[row] = n.invested_share * capital;
        f.cash[row] += f.under_way(row) * s.city.capital_price;
    }
    f.completed[row] = f.capital(row);
    f.equity[row] = f.cash(row) + f.land_cost(row) - f.borrowed(row);
}

void vacate(State& s, Cell& cell, sim::Index row) {
    erase(s, row);
    cell.hole = std::min(cell.hole, row);
}

sim::Index free_row(const State& s, Cell& cell) {
    sim::Index& row = cell.hole;
    while (row < cell.rows.end && s.firms.alive(row) > 0) ++row;
    if (row == cell.capacity_end) return row;
    cell.rows.end = std::max(cell.rows.end, row + 1);
    return row++;
}

}  // namespace growth
