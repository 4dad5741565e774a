#include "models/growth/talent.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/entry.hpp"
#include "models/growth/exit.hpp"
#include "models/growth/fields.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/newborn.hpp"
#include "models/growth/policy/race.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

double staff_cost(const Config& c, const State& s) {
    return c.parameters.talent.cost_per_staff * s.city.wage / c.parameters.production.wage;
}

// The staff there are against the staff that last step's R&D asked for.
void hire_researchers(const Config& c, int step, State& s) {
    const auto& p = c.parameters.talent;
    double research = 0;
    for (const Cell& cell : s.cells) research += cell.now.research;
    const double demand = research / staff_cost(c, s);
    if (step <= s.clock.first_step()) {
        s.city.staff = sim::max(demand, 1.0);  // the staff of the start is what the start employs
        return;
    }
    s.city.staff *= sim::exp(p.staff_growth * s.clock.dt());
    s.city.research_cost = research_cost(demand, s.city.staff, p.scarcity);
}

namespace {

// Where a talent goes: to the firm whose R&D and uniform number are best, so that odds are as R&D.
sim::Index find_host(State& s, const sim::Stream& stream, std::uint32_t slot, bool by_policy) {
    const auto& f = s.firms;
    auto ranking = race(s, f.research, 1, [&](const Block& block, Shortlist& shortlist) {
        if (by_policy && s.policy.effects.of(Channel::talents, block.cell).everyone() <= 0) return;
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            const auto research = f.research(at);
            if (!sim::any_of(research > 0.0)) return;
            const auto uniform = stream.uniforms(f.id(at), slot)[0];
            shortlist.enter(research > 0.0 && shortlist.may_enter(research, uniform), at, uniform);
        });
    });
    return ranking.empty() ? -1 : ranking.take();
}

void depart(const Config& c, const sim::Stream& stream, State& s) {
    auto& f = s.firms;
    const double rate = c.parameters.talent.departure * s.policy.effects.city(Channel::departures), h = s.clock.dt();
    s.city.talents_here = sum_over_rows(s, [&](sim::Lanes at) {
        for_each_named(f.talents(at) > 0.0, at, [&](sim::Index row) {
            if (stream.uniforms(f.id(row), streams::departure)[0] < event_chance(rate * f.talents(row), h))
                f.talents[row] -= 1;
        });
        return f.talents(at);
    });
}

// A firm of one's own, in the cell of the host there would have been.
void found_firm(const Config& c, sim::Draws draws, int step, State& s, sim::Index host, int slot) {
    Cell& cell = cell_of(s, host);
    Newborn n;
    n.id = first_talent_id | std::uint64_t(step) << 8 | std::uint64_t(slot);
    n.origin = Origin::start_up;
    n.born = s.clock.time(step);
    n = with_traits(c, draws, cell, n);
    n.field = field_of_entrant(c, draws, s, cell, n.origin, n.id);
    const auto normal = draws.at(streams::birth_size, 0).normals(n.id, streams::of_entrants);
    const auto& entry = c.parameters.entry;
    n.efficiency = s.industries[cell.industry].mean_efficiency + entry.efficiency_spread * normal[0];
    n.sales = sim::clamp(entry.start_up_size * sim::exp(entry.start_up_spread * normal[1]), limits::least_birth_sales,
                         limits::most_birth_sales);
    n.intensity = sim::max(2 * c.industries[cell.industry].research_intensity, n.intensity);
    n.cash_ratio = 4 * c.parameters.population.cash_ratio;
    n.talents = 1;
    n.progress = progress_at_founding(c, draws, s, cell, n);
    admit(c, s, cell, n);
}

// Levers that bring talents share each of them by what is expected of them; one that drives some away brings none.
void count_talent(State& s) {
    double brought = 0;
    for (const auto& lever : s.policy.levers) brought += sim::max(lever.talents, 0.0);
    if (brought <= 0) return;
    for (auto& lever : s.policy.levers) lever.ledger[public_at_large].persons += sim::max(lever.talents, 0.0) / brought;
}

}  // namespace

void welcome_talents(const Config& c, sim::Draws draws, int step, State& s) {
    const auto& p = c.parameters.talent;
    const auto now = static_cast<sim::Step>(step);
    const auto arrivals = draws.at(streams::talent, now), hosts = draws.at(streams::talent_host, now);
    const double brought = sim::max(s.policy.effects.city(Channel::talents), 0.0), wanted = p.arrivals + brought;
    const double host_gain = p.host_gain * s.policy.effects.city(Channel::host_gain);
    const double chance = slot_chance(wanted * s.clock.dt(), streams::arrival_slots);
    auto& f = s.firms;
    depart(c, hosts, s);
    for (std::uint32_t slot = 0; slot < streams::arrival_slots; ++slot) {
        const auto uniform = arrivals.uniforms(slot);
        if (uniform[0] >= chance) continue;
        const bool by_policy = uniform[3] < brought / wanted;
        const sim::Index host = find_host(s, hosts, slot, by_policy);
        if (host < 0) continue;
        s.city.talents_arrived += 1;
        if (by_policy) count_talent(s);
        if (uniform[1] < p.founder_share) {
            found_firm(c, draws, step, s, host, slot);
            s.city.talents_here += 1;
        } else {
            f.talents[host] += 1;
            s.city.talents_here += 1;
            if (uniform[2] < p.displacement) continue;
            f.efficiency[host] += host_gain;
            f.efficiency_change[host] += host_gain;
        }
    }
}

}  // namespace growth
