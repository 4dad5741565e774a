#include "models/growth/exit.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/newborn.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

void close_down(const Config& c, sim::Draws draws, int step, State& s, Cell& cell) {
    const auto& p = c.parameters.exit;
    const double h = s.clock.dt(), time = s.clock.time(step);
    const auto stream = draws.at(streams::exit, static_cast<sim::Step>(step));
    const auto none = sim::Pack(0.0), one = sim::Pack(1.0);
    const auto& f = s.firms;

    sim::for_each_lanes(cell.rows, [&](sim::Lanes at) {
        const auto alive = f.alive(at) > 0.0;
        const auto young = sim::select(time - f.born(at) < p.young_years, one, none);
        const auto guaranteed = sim::min(f.guaranteed(at), f.debt(at)) / sim::max(f.debt(at), sim::Pack(1e-6));
        const auto hazard = closure_hazard(f.sales(at), f.debt(at), young, guaranteed, p.closure_rate, p.size_exponent,
                                           p.young_factor, p.stress_response, p.guaranteed_factor);
        const auto closes = alive && stream.uniforms(f.id(at))[0] < event_chance(hazard, h);
        const auto fails = alive && f.cash(at) < -p.arrears * f.sales(at);
        if (!sim::any_of(closes || fails)) return;
        for (std::size_t lane = 0; lane < sim::Pack::size(); ++lane) {
            if (!closes[lane] && !fails[lane]) continue;
            const auto row = at.row + static_cast<sim::Index>(lane);
            (fails[lane] ? s.demography.bankruptcies : s.demography.closures) += 1;
            // who never had land of the quota leaves rented rooms
            const auto origin = static_cast<Origin>(static_cast<int>(f.origin(row)));
            if (origin == Origin::incumbent || origin == Origin::attracted)
                s.policy.land_reserve[cell.place] += f.land(row);
            erase(s, row);
        }
    });
}

namespace {

// How much chance, against a unit of efficiency in logarithms, there is in the choice of a target (assumption).
constexpr double chance_in_choice = 0.3;

// The weakest firm of the industry that the acquirer can swallow, with some chance in it.
sim::Index find_target(const Config& c, const sim::Stream& stream, const State& s, std::size_t industry,
                       sim::Index acquirer) {
    const auto& f = s.firms;
    const double most = c.parameters.exit.merger_max_ratio * f.sales(acquirer);
    sim::Index target = -1;
    double best = 0;
    for (const Cell& cell : s.cells) {
        if (cell.industry != industry) continue;
        for_each_living(s, cell, [&](sim::Index row) {
            if (row == acquirer || f.sales(row) > most || f.sales(row) < c.parameters.population.threshold_2010) return;
            const double score = -f.efficiency(row) + chance_in_choice * sim::gumbel(stream.uniforms(f.id(row), 1)[1]);
            if (target < 0 || score > best) target = row, best = score;
        });
    }
    return target;
}

void absorb(const Config& c, State& s, sim::Index acquirer, sim::Index target) {
    auto& f = s.firms;
    const double scrapped = c.parameters.exit.scrapped * f.capital(target);
    const double weight = f.capital(target) / sim::max(f.capital(acquirer) + f.capital(target), 1e-12);
    for (auto* column : {&f.efficiency, &f.transitory, &f.log_crew, &f.intensity})
        (*column)[acquirer] += weight * ((*column)(target) - (*column)(acquirer));
    f.centre[acquirer] = sim::max(f.centre(acquirer), f.centre(target));
    // what the groups sell elsewhere adds up; it does not multiply
    const double sales = f.sales(acquirer) + f.sales(target);
    f.group_ratio[acquirer] = (f.group_ratio(acquirer) * f.sales(acquirer) + f.group_ratio(target) * f.sales(target)) /
                              sim::max(sales, 1e-12);
    Firms::visit_extensive(f, [&](sim::Column& column) { column[acquirer] += column(target); });
    f.capital[acquirer] -= scrapped;
    f.completed[acquirer] -= scrapped;
    erase(s, target);
    s.demography.mergers += 1;
}

}  // namespace

void merge(const Config& c, sim::Draws draws, int step, State& s) {
    const auto& p = c.parameters.exit;
    const auto stream = draws.at(streams::merger, static_cast<sim::Step>(step));
    const double chance = event_chance(p.merger_rate, s.clock.dt());
    const auto& f = s.firms;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            if (f.sales(row) < p.merger_min_sales || f.cash(row) < 0) return;
            if (stream.uniforms(f.id(row), 0)[0] >= chance) return;
            const sim::Index target = find_target(c, stream, s, cell.industry, row);
            if (target >= 0) absorb(c, s, row, target);
        });
}

}  // namespace growth
