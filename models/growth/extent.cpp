#include "models/growth/extent.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/entry.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/problems.hpp"

namespace growth {

namespace {

// Of an industry: the cell of each place, and its cells by the firms they have.
struct Settled {
    std::vector<std::size_t> of_place, cells;
    std::vector<double> firms;

    Settled(const Config& c, const std::vector<Cell>& all, const CellShares& shares, std::size_t industry)
        : of_place(c.places.size(), 0) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].industry != industry) continue;
            of_place[all[i].place] = i;
            cells.push_back(i);
            firms.push_back(shares.firms[i]);
        }
    }
    // Where a firm lies whose row does not say it.
    [[nodiscard]] std::size_t anywhere(double uniform) const {
        double sum = 0, below = 0;
        for (const double share : firms) sum += share;
        for (std::size_t k = 0; k + 1 < cells.size(); ++k) {
            below += firms[k];
            if (below > uniform * sum) return cells[k];
        }
        return cells.back();
    }
};

void count_table(const Config& c, const std::vector<Cell>& cells, const CellShares& shares, sim::Draws draws,
                 Census& census) {
    const auto& table = *c.population.rows;
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) {
        if (!c.population.has(industry)) continue;
        const Settled settled(c, cells, shares, industry);
        double rests = draws.at(streams::table_weight, 0).uniforms(present_before(c, industry))[0];
        for (const auto which : table.of_industry[industry]) {
            const auto& row = table.rows[which];
            const double whole = std::floor(row.weight), passed = std::floor(rests);
            rests += row.weight - whole;
            const auto firms = static_cast<std::uint32_t>(whole + std::floor(rests) - passed);
            for (std::uint32_t k = 0; k < firms; ++k) {
                const auto cell =
                    row.place != no_row
                        ? settled.of_place[row.place]
                        : settled.anywhere(
                              draws.at(streams::table_row, 0).uniforms(static_cast<std::uint64_t>(which), k)[0]);
                census.in_table[cell].push_back(which);
            }
        }
    }
}

}  // namespace

Census take_census(const Config& c, const std::vector<Cell>& cells, const CellShares& shares, sim::Draws draws) {
    Census census;
    census.in_table.resize(cells.size());
    if (c.population.rows) count_table(c, cells, shares, draws, census);
    census.above.assign(cells.size(), 0);
    census.fringe.assign(cells.size(), 0);
    census.named.resize(cells.size());
    for (std::size_t k = 0; k < c.firms.size(); ++k)
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (c.industries[cells[i].industry].key == c.firms[k].industry &&
                c.places[cells[i].place].key == c.firms[k].place) {
                census.named[i].push_back(k);
                break;
            }
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) {
        std::vector<double> weights(cells.size(), 0.0);
        int named = 0;
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (cells[i].industry == industry) {
                weights[i] = shares.firms[i];
                named += static_cast<int>(census.named[i].size());
            }
        if (!c.industries[industry].present) continue;
        const bool in_table = c.population.has(industry), in_table_below = tells_fringe(c, industry);
        const auto others = in_table ? 0 : static_cast<int>(c.industries[industry].above_scale_firms) - named;
        const auto above = whole_numbers(weights, std::max(others, 0));
        const auto fringe =
            whole_numbers(weights, in_table_below ? 0 : static_cast<int>(c.industries[industry].fringe_firms));
        for (std::size_t i = 0; i < cells.size(); ++i) {
            census.above[i] += above[i];
            census.fringe[i] += fringe[i];
        }
    }
    return census;
}

namespace {

// A step, by origin.
std::array<double, origins> entrants_of(const Config& c, const Cell& cell, const Room& room, double firms,
                                        double share_of_sales) {
    const auto& p = c.parameters.entry;
    const auto& industry = c.industries[cell.industry];
    const double h = 1.0 / static_cast<double>(c.scenario.steps_per_year);
    // in the burn-in most come, where demand grows fastest
    const double growth = sim::max(industry.burn_in_demand_growth, industry.demand_growth);
    const double start_ups = expected_start_ups(p.start_up_rate, firms, p.demand_response,
                                                sim::max(growth - c.parameters.macro.normal_growth, 0.0), h);
    return {0.0, start_ups,
            p.spin_off_rate * share_of_sales * industry.base_sales * industry.research_intensity *
                industry.research_share / c.parameters.talent.cost_per_staff * h,
            p.attracted_rate * p.attracted_realised * room.entry_weight[3] * h,
            p.grafted_rate * room.entry_weight[4] * h};
}

// Ids of those that do not fit the common scheme lie below those of talents.
void keep_ids_apart(const Config& c, double firms, std::vector<Room>& rooms) {
    const auto steps = static_cast<double>((c.scenario.years + c.scenario.burn_in_years) * c.scenario.steps_per_year);
    double more = 0, all = 0;
    for (const auto& room : rooms)
        for (const int slots : room.slots) {
            more += std::max(slots - common_slots, 0);
            all += slots;
        }
    const double most = (static_cast<double>(first_talent_id) - firms - all * earlier_steps(c)) / steps - 1;
    if (more <= most) return;
    for (auto& room : rooms)
        for (int& slots : room.slots)
            if (slots > common_slots) slots = common_slots + static_cast<int>((slots - common_slots) * (most / more));
}

// As many as are wanted, however many that is.
std::vector<Room> rooms_wanted(const Config& c, const std::vector<Cell>& cells, const CellShares& shares,
                               const Census& census) {
    constexpr double most_slots = 1e6;  // a step, of a cell and an origin
    double attraction = 0, relatedness = 0;
    for (const auto& each : c.industries) {
        if (!each.present) continue;
        attraction += each.attraction_share;
        relatedness += each.traditional_relatedness;
    }
    std::vector<Room> rooms(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& industry = c.industries[cells[i].industry];
        Room& room = rooms[i];
        room.entry_weight[static_cast<std::size_t>(Origin::attracted)] =
            attraction > 0 ? industry.attraction_share / attraction * shares.firms[i] : 0.0;
        room.entry_weight[static_cast<std::size_t>(Origin::grafted)] =
            relatedness > 0 ? industry.traditional_relatedness / relatedness * shares.firms[i] : 0.0;
        const double firms = census.firms(i);
        const auto expected = entrants_of(c, cells[i], room, firms, shares.sales[i]);
        double entrants = 0;
        for (std::size_t origin = 1; origin < origins; ++origin) {
            if (expected[origin] <= 0) continue;
            room.slots[origin] = 2 + static_cast<int>(std::min(3 * expected[origin] + 3, most_slots));
            const auto steps = (c.scenario.years + c.scenario.burn_in_years) * c.scenario.steps_per_year;
            entrants += expected[origin] * static_cast<double>(steps + earlier_steps(c));
        }
        // of a small cell more than expected may come, and a growing one has more and more who found firms
        room.rows = firms + 16 + entrants * (2 + 3 / (1 + entrants / 1000));
    }
    return rooms;
}

double rows_of(const std::vector<Room>& rooms) {
    double rows = 0;
    for (const auto& room : rooms) rows += room.rows;
    return rows;
}

}  // namespace

std::vector<Room> rooms_of(const Config& c, const std::vector<Cell>& cells, const CellShares& shares,
                           const Census& census) {
    auto rooms = rooms_wanted(c, cells, shares, census);
    double firms = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) firms += census.firms(i);
    if (const double rows = rows_of(rooms); rows > most_rows)
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const double least = census.firms(i) + 16;
            rooms[i].rows = least + (rooms[i].rows - least) * (std::max(most_rows - firms, 0.0) / rows);
        }
    keep_ids_apart(c, firms, rooms);
    return rooms;
}

namespace {

// Of a row with its room to work in.
double bytes_of_row() {
    Firms firms;
    double columns = 0;
    Firms::describe(firms, [&](const sim::Spec&, const auto&) { columns += 1; });
    return columns * sizeof(double) + sizeof(Candidate) + sizeof(MergerTarget) + 4 * sizeof(double);
}

}  // namespace

void check_size(const Config& c, const sim::Document& document, sim::Problems& problems) {
    const auto cells = lay_out_cells(c);
    const auto shares = share_out(c, cells);
    double firms = 0;
    for (const auto& industry : c.industries)
        if (industry.present) firms += industry.above_scale_firms + industry.fringe_firms;
    if (firms > most_firms)
        return problems.add(document, "industries",
                            sim::translated("{:.0f} firms are too many; at most {:.0f} in a city: lower "
                                            "`above_scale_firms` or `fringe_firms`",
                                            firms, most_firms));
    const double rows = rows_of(rooms_wanted(c, cells, shares, take_census(c, cells, shares)));
    const double steps = static_cast<double>((c.scenario.years + c.scenario.burn_in_years) * c.scenario.steps_per_year);
    constexpr double gigabyte = 1e9, seconds_of_a_firm_step = 150e-9;  // of one processor (benchmarks/README.md)
    if (rows > most_rows)
        problems.add(
            document, "parameters.entry",
            sim::translated("with those that may enter in {} years there would be {:.3g} firms, some {:.1f} GB a "
                            "replicate; at most {:.3g}: lower the rates of entry, the numbers of firms, or `years`",
                            c.scenario.years, rows, rows * bytes_of_row() / gigabyte, most_rows));
    else if (rows * steps > most_firm_steps)
        problems.add(
            document, "scenario.steps_per_year",
            sim::translated("{:.3g} firms in {:.0f} steps would take some {:.0f} minutes a replicate; at most {:.0f}: "
                            "lower the steps, the years or the numbers of firms",
                            rows, steps, rows * steps * seconds_of_a_firm_step / 60,
                            most_firm_steps * seconds_of_a_firm_step / 60));
}

}  // namespace growth
