#include "models/growth/entry.hpp"

#include <algorithm>

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/fields.hpp"
#include "models/growth/investment.hpp"
#include "models/growth/land.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/newborn.hpp"
#include "models/growth/production.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"
#include "models/growth/talent.hpp"

namespace growth {

namespace {

// Identity of an entrant: it says which slot it fills, so that no other entry can change it.
std::uint64_t entrant_id(const State& s, std::size_t cell, int step, Origin origin, int slot) {
    const auto which = static_cast<std::size_t>(origin);
    if (slot < common_slots)
        return first_entrant_id | std::uint64_t(cell) << 21 | std::uint64_t(step) << 10 |
               (std::uint64_t(which) - 1) << 8 | std::uint64_t(slot);
    return s.cells[cell].more_slots[which] + std::uint64_t(step) * s.more_slots + std::uint64_t(slot - common_slots);
}

double expected_entrants(const Config& c, const State& s, std::size_t index, Origin origin) {
    const auto& p = c.parameters.entry;
    const Cell& cell = s.cells[index];
    const auto& industry = s.industries[cell.industry];
    const double h = s.clock.dt();
    const auto help = [&](Channel channel) { return s.policy.effects.of(channel, index).everyone(); };
    switch (origin) {
        case Origin::start_up:
            return help(Channel::start_ups) *
                   expected_start_ups(p.start_up_rate, cell.now.firms, p.demand_response,
                                      industry.expected_growth - c.parameters.macro.normal_growth, h);
        case Origin::spin_off:
            return help(Channel::spin_offs) * p.spin_off_rate * cell.now.research / staff_cost(c, s) * h;
        case Origin::attracted:
            return help(Channel::attracted) * p.attracted_rate * p.attracted_realised * cell.entry_weight[3] * h;
        case Origin::grafted:
            return help(Channel::grafted) * p.grafted_rate * cell.entry_weight[4] * h;
        case Origin::incumbent:
            break;
    }
    return 0;
}

// What a slot holds, whether or not the firm comes.
Newborn latent(const Config& c, sim::Draws draws, double time, const State& s, const Cell& cell, Origin origin,
               std::uint64_t id) {
    const auto& p = c.parameters.entry;
    const auto normal = draws.at(streams::birth_size, 0).normals(id, streams::of_entrants);
    Newborn n;
    n.id = id;
    n.origin = origin;
    n.born = time;
    n = with_traits(c, draws, cell, n);
    n.field = field_of_entrant(c, draws, s, cell, origin, id);
    const auto help = [&](Channel channel) { return s.policy.effects.of(channel, position_of(s, cell)).everyone(); };
    const double mean = s.industries[cell.industry].mean_efficiency + help(Channel::entrant_efficiency);
    n.efficiency = mean + p.start_up_efficiency + p.efficiency_spread * normal[0];
    n.sales = p.start_up_size * help(Channel::entrant_size) * sim::exp(p.start_up_spread * normal[1]);
    n.cash_ratio = 2 * c.parameters.population.cash_ratio;
    if (origin == Origin::spin_off) {
        n.efficiency =
            mean + p.spin_off_inheritance * (cell.now.best_efficiency - mean) + 0.5 * p.efficiency_spread * normal[0];
        n.intensity = sim::max(n.intensity, c.industries[cell.industry].research_intensity);
    } else if (origin == Origin::attracted) {
        const double investment = p.attracted_investment * sim::exp(p.attracted_spread * normal[1]);
        n.efficiency = mean + p.attracted_efficiency + 0.5 * p.efficiency_spread * normal[0];
        n.capital_output = 1 / p.attracted_output_ratio;
        n.sales = investment * p.attracted_output_ratio * price_of(s, cell, n) * c.parameters.production.sales_ratio;
    } else if (origin == Origin::grafted) {
        n.efficiency = mean + p.grafted_efficiency + p.efficiency_spread * normal[0];
        n.sales = p.grafted_size * sim::exp(p.grafted_spread * normal[1]);
        n.invested_share = 1 - p.grafted_relabelled;
    }
    n.sales = sim::clamp(n.sales, limits::least_birth_sales, limits::most_birth_sales);
    n.progress = progress_at_founding(c, draws, s, cell, n);
    return n;
}

}  // namespace

namespace {

// A possible entrant of a step: who it would be.
struct Slot {
    std::size_t cell;
    Origin origin;
    int number;            // among those of its cell and origin
    std::uint64_t in_all;  // among those of the city
};

// Hands those to `take` who come in a step, cell after cell.
template <class IdOf, class Take>
void fill_slots(const Config& c, const sim::Stream& stream, State& s, IdOf&& id_of, Take&& take) {
    constexpr int lanes = static_cast<int>(sim::Pack::size());
    std::uint64_t before = 0;
    for (std::size_t index = 0; index < s.cells.size(); ++index) {
        for (const Origin origin : {Origin::start_up, Origin::spin_off, Origin::attracted, Origin::grafted}) {
            const int slots = s.cells[index].slots[static_cast<std::size_t>(origin)];
            if (slots == 0) continue;
            const double chance = slot_chance(expected_entrants(c, s, index, origin), slots);
            for (int first = 0; first < slots; first += lanes) {
                if (first % block_rows == 0) s.stop.look();
                const auto id_in = [&](int lane) {
                    const int number = first + lane;
                    return id_of(Slot{index, origin, number, before + static_cast<std::uint64_t>(number)});
                };
                const sim::WordPack ids([&](auto lane) { return id_in(static_cast<int>(lane)); });
                const sim::Mask comes = stream.uniforms(ids)[0] < chance;
                if (!sim::any_of(comes)) continue;
                for (int lane = 0; lane < std::min(lanes, slots - first); ++lane)
                    if (comes[static_cast<std::size_t>(lane)]) take(s.cells[index], origin, id_in(lane));
            }
            before += static_cast<std::uint64_t>(slots);
        }
    }
}

}  // namespace

void enter(const Config& c, sim::Draws draws, int step, State& s) {
    fill_slots(
        c, draws.at(streams::slot, static_cast<sim::Step>(step)), s,
        [&](const Slot& slot) { return entrant_id(s, slot.cell, step, slot.origin, slot.number); },
        [&](Cell& cell, Origin origin, std::uint64_t id) {
            admit(c, s, cell, latent(c, draws, s.clock.time(step), s, cell, origin, id));
        });
}

int earlier_steps(const Config& c) {
    const double steps = c.parameters.investment.time_to_build * static_cast<double>(c.scenario.steps_per_year);
    return static_cast<int>(steps + opens_whole) + 1;
}

void found_earlier(const Config& c, sim::Draws draws, State& s) {
    const double h = s.clock.dt();
    std::uint64_t slots = 0;
    for (const Cell& cell : s.cells)
        for (const int each : cell.slots) slots += static_cast<std::uint64_t>(each);
    for (int steps = 1; steps <= earlier_steps(c); ++steps) {
        const double a_step = progress_of_founded(1, h, c.parameters.investment.time_to_build);
        fill_slots(
            c, draws.at(streams::slot, 0), s,
            [&](const Slot& slot) { return first_talent_id - slots * static_cast<std::uint64_t>(steps) + slot.in_all; },
            [&](Cell& cell, Origin origin, std::uint64_t id) {
                Newborn n = latent(c, draws, s.clock.time(0) - steps * h, s, cell, origin, id);
                n.progress += (steps - 1) * a_step;
                if (steps > 1 && share_completed(n.progress, a_step) >= opens_whole)
                    return;  // among the firms there are
                if (const auto row = free_row(s, cell); row < cell.capacity_end) found(c, s, cell, row, n);
            });
    }
}

namespace {

void open(const Config& c, double now, State& s, const Cell& cell, sim::Index row) {
    const auto& p = c.parameters.production;
    const auto& field = field_of(s, cell, row);
    auto& f = s.firms;
    const double demand = designed_demand(p, f.capital(row), f.efficiency(row), f.log_crew(row),
                                          c.industries[cell.industry].value_added_ratio);
    f.founding[row] = 0;
    f.born[row] = now;
    f.demand[row] = f.output[row] = f.opened[row] = demand;
    f.sales[row] = demand * field.price * sim::exp(f.price_wedge(row)) * p.sales_ratio;
    f.labour[row] = sim::exp(f.log_crew(row)) * f.capital(row);
    if (f.origin(row) == static_cast<double>(Origin::grafted))
        s.city.grafted_relabelled += c.parameters.entry.grafted_relabelled * demand;
}

}  // namespace

void open_plants(const Config& c, int step, State& s) {
    auto& f = s.firms;
    const double now = s.clock.time(step) + s.clock.dt();
    for (const Block& block : s.blocks) {
        const Cell& cell = s.cells[block.cell];
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            f.opened[at] = sim::Pack(0.0);
            const sim::Mask opens = f.founding(at) > 0.0 && f.under_way(at) <= 0.0;
            if (sim::any_of(opens)) for_each_named(opens, at, [&](sim::Index row) { open(c, now, s, cell, row); });
        });
    }
}

void admit(const Config& c, State& s, Cell& cell, const Newborn& n) {
    const double needed = land_of(c, s, cell, n);
    if (s.land_reserve[cell.place] < needed) {
        s.demography.without_land += 1;
        return;
    }
    const sim::Index row = free_row(s, cell);
    if (row == cell.capacity_end) {
        s.demography.refused += 1;
        return;
    }
    give_land(c, s, cell.place, needed);
    found(c, s, cell, row, n);
    s.demography.entries[static_cast<std::size_t>(n.origin)] += 1;
}

}  // namespace growth
