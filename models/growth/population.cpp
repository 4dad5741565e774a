// The firms before the burn-in: who there is in every cell, how large, with what technique and money.
#include "models/growth/population.hpp"

#include <algorithm>

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/entry.hpp"
#include "models/growth/extent.hpp"
#include "models/growth/factors.hpp"
#include "models/growth/fields.hpp"
#include "models/growth/initial.hpp"
#include "models/growth/known_firms.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/newborn.hpp"
#include "models/growth/policy/founding.hpp"
#include "models/growth/streams.hpp"
#include "models/growth/totals.hpp"
#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/population/table.hpp"

namespace growth {

namespace {

Clock clock_of(const Config& c) {
    return {.start_year = static_cast<int>(c.scenario.start_year),
            .burn_in_years = static_cast<int>(c.scenario.burn_in_years),
            .years = static_cast<int>(c.scenario.years),
            .steps_per_year = static_cast<int>(c.scenario.steps_per_year)};
}

// Slots, and rows, for those who may enter.
void open_slots(const Config& c, const CellShares& shares, const Census& census, State& s) {
    const auto rooms = rooms_of(c, s.cells, shares, census);
    std::uint64_t next_id = 0;  // above those of the firms there are
    std::uint64_t slots = 0;
    for (std::size_t i = 0; i < s.cells.size(); ++i) next_id += static_cast<std::uint64_t>(census.firms(i));
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        Cell& cell = s.cells[i];
        cell.entry_weight = rooms[i].entry_weight;
        cell.slots = rooms[i].slots;
        for (std::size_t origin = 1; origin < origins; ++origin) {
            if (cell.slots[origin] == 0) continue;
            slots += static_cast<std::uint64_t>(cell.slots[origin]);
            cell.more_slots[origin] = next_id + s.more_slots;
            s.more_slots += static_cast<std::uint64_t>(std::max(cell.slots[origin] - common_slots, 0));
        }
        cell.capacity_end = (static_cast<sim::Index>(rooms[i].rows) + 7) / 8 * 8;  // room for now; laid out below
    }
    const std::uint64_t entrants = s.more_slots * static_cast<std::uint64_t>(s.clock.end_step()) +
                                   slots * static_cast<std::uint64_t>(earlier_steps(c));
    if (next_id + entrants > first_talent_id)
        throw sim::InvariantError("so many firms may enter that they cannot be distinguished");
}

double birth_sales(const Config& c, const Industry& industry, const sim::Stream& stream, std::uint64_t id) {
    const auto& p = c.parameters.population;
    const auto uniform = stream.uniforms(id, streams::tail);
    const auto normal = stream.normals(id, streams::body);
    const double body = sim::exp(industry.size_spread * normal[0]);
    if (uniform[0] >= p.tail_share) return body;
    return pareto_size(sim::exp(industry.size_spread), p.tail_exponent, uniform[1]);
}

// Scales sizes so that they add up to a total, none below the threshold or above the cap.
void scale_to_total(std::vector<double>& sizes, double total, double least, double most) {
    double low = 1e-9, high = 1e9;
    const auto sum = [&](double factor) {
        double all = 0;
        for (const double size : sizes) all += sim::clamp(factor * size, least, most);
        return all;
    };
    for (int i = 0; i < 200; ++i) {
        const double middle = sim::sqrt(low * high);
        if (middle <= low || middle >= high) break;
        (sum(middle) < total ? low : high) = middle;
    }
    for (double& size : sizes) size = sim::clamp(high * size, least, most);
}

// Where a firm that grows steadily stands between two expansions, by (E17) and (E81): right after one, half-way, or
// with the next one under way.
struct Cycle {
    double built = 1, pipeline = 0, progress = 0;
};
Cycle expansion_cycle(const Config& c, const Industry& industry, double sales, double phase) {
    const auto& p = c.parameters.investment;
    const double lump = sim::max(p.lump / (1 + sales / p.plant_sales), p.trigger);
    const double growth = sim::max(industry.burn_in_demand_growth, 0.0), building = growth * p.time_to_build;
    if (lump <= 0) return {.pipeline = building, .progress = phase};  // who builds all the time
    const double cycle = sim::log(1 + lump), first = growth * p.horizon_years - sim::log(1 + p.trigger);
    const double share_building = sim::min(building / cycle, 1.0);
    if (phase < share_building) {
        const double progress = phase / share_building;
        return {.built = sim::exp(first - progress * building), .pipeline = lump, .progress = progress};
    }
    // few are close to the next one, as a large order would have set it off; some lost orders since and are further off
    constexpr double further = 1.35;
    const double ahead = further * sim::sqrt((phase - share_building) / (1 - share_building));
    return {.built = sim::exp(first + ahead * (cycle - building))};
}

// The common part of every firm there is at the start. Of a firm of the table what its row says replaces what would be
// drawn, and what is drawn besides is drawn given that.
Newborn incumbent(const Config& c, sim::Draws draws, const Cell& cell, std::uint64_t id, double sales,
                  const FirmRow* known = nullptr) {
    const auto& population = c.parameters.population;
    const auto& production = c.parameters.production;
    const auto& industry = c.industries[cell.industry];
    const auto normal = draws.at(streams::birth, 0).normals(id, streams::balance_sheet);
    const auto uniform = draws.at(streams::birth, 0).uniforms(id, streams::age);
    Newborn n;
    n.id = id;
    n.sales = sim::max(sales, limits::least_birth_sales);
    n = with_traits(c, draws, cell, n);
    n.born = static_cast<double>(c.scenario.start_year - c.scenario.burn_in_years) +
             population.mean_age * sim::log(uniform[0]);
    // as old as plant is where it grows at the rate of the burn-in
    n.vintage = static_cast<double>(c.scenario.start_year - c.scenario.burn_in_years) -
                1 / (c.parameters.investment.depreciation + sim::max(industry.burn_in_demand_growth, 0.02));
    const auto cycle = expansion_cycle(c, industry, n.sales, uniform[1]);
    n.built = cycle.built, n.pipeline = cycle.pipeline, n.progress = cycle.progress;
    if (known != nullptr) n = as_known(c, draws, cell, *known, n);
    // Designed capital (E8) read backwards: technique and sales per worker say what efficiency must be
    const double output = n.sales / (production.sales_ratio * sim::exp(n.price_wedge));
    // fewer sales a worker than in the base year: until then plant follows wages (E72)
    const double years = static_cast<double>(c.scenario.burn_in_years) - 0.5;
    const double more_crew =
        sim::exp(c.parameters.investment.substitution * c.parameters.macro.burn_in_wage_growth * years);
    const double a_worker = known != nullptr && known->employees > 0
                                ? known->sales / known->employees
                                : industry.sales_per_worker * sim::exp(population.labour_spread * normal[0]);
    const double workers = more_crew * n.sales / a_worker;
    const double log_crew = limits::log_crew(sim::log(workers / (n.capital_output * output)));
    n.efficiency = sim::log(industry.value_added_ratio / (production.utilisation_normal * n.capital_output)) -
                   (1 - production.capital_share) * log_crew;
    n.debt_ratio = sim::min(population.debt_ratio * sim::exp(population.debt_spread * normal[1]), limits::most_ratio);
    n.cash_ratio = sim::min(population.cash_ratio * sim::exp(population.cash_spread * normal[2]), limits::most_ratio);
    return n;
}

// Everything that settling firms needs, handed from cell to cell.
struct Settlement {
    const Config& c;
    sim::Draws draws;
    const CellShares& shares;
    const Census& census;
    State& s;
    std::uint64_t next_id = 0;

    sim::Index settle(Cell& cell, const Newborn& newborn, bool above_scale) {
        const sim::Index row = cell.rows.end++;
        if (row % block_rows == 0) s.stop.look();
        found(c, s, cell, row, newborn);
        s.firms.above_scale[row] = above_scale ? 1.0 : 0.0;
        return row;
    }
};

// Where a row of [fields] stands among the fields of its industry.
std::size_t place_of_field(const Settlement& all, const Cell& cell, std::size_t row) {
    const std::size_t first = all.s.industries[cell.industry].first_field;
    std::size_t k = 0;
    while (all.s.fields[first + k].row != row) ++k;
    return k;
}

std::size_t field_of_named(const Settlement& all, const Cell& cell, const NamedFirm& firm, std::uint64_t id) {
    if (firm.field.empty()) return field_by_share(all.c, all.draws, all.s, cell.industry, id);
    return place_of_field(all, cell, all.c.fields.index_of(firm.field));
}

void settle_named(Settlement& all, Cell& cell, std::size_t which, double shrink) {
    const auto& firm = all.c.firms[which];
    auto& f = all.s.firms;
    Newborn n = incumbent(all.c, all.draws, cell, all.next_id++, firm.base_sales * shrink);
    n.intensity = firm.research_intensity;
    n.group_ratio = firm.group_ratio;
    n.exports_share = firm.exports_share.value_or(n.exports_share);
    n.field = field_of_named(all, cell, firm, n.id);
    const auto row = all.settle(cell, n, true);
    f.named[row] = static_cast<double>(which + 1);
    f.high_tech[row] = firm.high_tech ? 1.0 : 0.0;
    f.listed[row] = firm.listed ? 1.0 : 0.0;
    f.centre[row] = provincial_centre;
}

void give_titles(Settlement& all, sim::Index row, std::uint64_t id) {
    const auto& p = all.c.parameters.population;
    auto& f = all.s.firms;
    const auto uniform = all.draws.at(streams::birth, 0).uniforms(id, streams::titles);
    f.high_tech[row] = f.intensity(row) > 0 && uniform[0] < p.high_tech_share ? 1.0 : 0.0;
    if (f.research(row) < all.c.parameters.standing.centre_research) return;
    if (uniform[1] < p.provincial_share)
        f.centre[row] = provincial_centre;
    else if (uniform[1] < p.provincial_share + p.city_share)
        f.centre[row] = city_centre;
}

void settle_above_scale(Settlement& all, Cell& cell, std::uint64_t id, double sales, std::size_t field) {
    Newborn n = incumbent(all.c, all.draws, cell, id, sales);
    n.field = field;
    give_titles(all, all.settle(cell, n, true), id);
}

void settle_fringe(Settlement& all, Cell& cell, double shrink) {
    const auto& p = all.c.parameters.population;
    const auto id = all.next_id++;
    const double size = p.fringe_median *
                        sim::exp(p.fringe_spread * all.draws.at(streams::birth_size, 0).normals(id, streams::body)[0]);
    Newborn n = incumbent(all.c, all.draws, cell, id, sim::min(size, 0.9 * p.base_threshold) * shrink);
    n.intensity *= p.fringe_research;
    n.field = field_by_share(all.c, all.draws, all.s, cell.industry, id);
    all.settle(cell, n, false);
}

void settle_in_table(Settlement& all, Cell& cell, std::uint64_t id, std::uint32_t which, std::size_t field,
                     double shrink) {
    const auto& p = all.c.parameters.population;
    const auto& known = all.c.population.rows->rows[which];
    auto& f = all.s.firms;
    const bool above = known.sales >= p.base_threshold;
    Newborn n = incumbent(all.c, all.draws, cell, id, known.sales * shrink, &known);
    n.field = field;
    if (!above && !(known.research >= 0)) n.intensity *= p.fringe_research;
    const auto row = all.settle(cell, n, above);
    f.table_row[row] = static_cast<double>(which) + 1;
    if (above) give_titles(all, row, id);
    keep_known(all.c, f, row);
}

// Firms whose row does not say their field share out the fields of the industry.
void settle_table(Settlement& all, std::size_t industry, double shrink) {
    const auto& [c, draws, shares, census, s, next_id] = all;
    const auto field_in_table = [&all](std::uint32_t which) { return all.c.population.rows->rows[which].field; };
    const std::uint64_t first_id = all.next_id;
    std::vector<std::uint64_t> without_field;
    for (std::size_t i = 0; i < s.cells.size(); ++i)
        if (s.cells[i].industry == industry)
            for (const auto which : census.in_table[i]) {
                if (field_in_table(which) == no_row) without_field.push_back(all.next_id);
                ++all.next_id;
            }
    const auto dealt = deal_fields(c, draws, s, industry, without_field);
    std::uint64_t id = first_id;
    std::size_t next = 0;
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        Cell& cell = all.s.cells[i];
        if (cell.industry != industry) continue;
        for (const auto which : census.in_table[i]) {
            const std::size_t known = field_in_table(which);
            const std::size_t field = known == no_row ? dealt[next++] : place_of_field(all, cell, known);
            settle_in_table(all, cell, id++, which, field, shrink);
        }
        for (int k = 0; k < census.fringe[i]; ++k) settle_fringe(all, cell, shrink);
    }
}

// Sizes are drawn for a whole industry at once, since they share its total.
void settle_industry(Settlement& all, std::size_t industry) {
    const auto& [c, draws, shares, census, s, next_id] = all;
    const auto& row = c.industries[industry];
    const auto& p = c.parameters.population;
    const double shrink = sim::exp(-row.burn_in_demand_growth * (static_cast<double>(c.scenario.burn_in_years) - 0.5));
    if (c.population.has(industry)) return settle_table(all, industry, shrink);
    double named_sales = 0;
    for (const auto& firm : c.firms)
        if (firm.industry == row.key) named_sales += firm.base_sales;

    std::vector<double> sizes;  // above-scale and not named, cell by cell
    std::vector<std::uint64_t> ids;
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        if (s.cells[i].industry != industry) continue;
        const double lift = shares.firms[i] > 0 ? shares.sales[i] / shares.firms[i] : 1.0;
        for (int k = 0; k < census.above[i]; ++k) {
            ids.push_back(all.next_id++);
            sizes.push_back(lift * birth_sales(c, row, draws.at(streams::birth_size, 0), ids.back()));
        }
    }
    scale_to_total(sizes, sim::max(row.base_sales - named_sales, 0.0), least_size(p), p.size_cap);

    const auto fields = deal_fields(c, draws, s, industry, ids);
    std::size_t next = 0;
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        Cell& cell = all.s.cells[i];
        if (cell.industry != industry) continue;
        for (const std::size_t which : census.named[i]) settle_named(all, cell, which, shrink);
        for (int k = 0; k < census.above[i]; ++k, ++next)
            settle_above_scale(all, cell, ids[next], sizes[next] * shrink, fields[next]);
        for (int k = 0; k < census.fringe[i]; ++k) settle_fringe(all, cell, shrink);
    }
}

// Rows for the firms there are and for those that may come, cell after cell.
void lay_out_rows(State& s) {
    sim::Index rows = 0;
    for (Cell& cell : s.cells) {
        const sim::Index room = cell.capacity_end;
        cell.rows = {rows, rows};
        cell.hole = rows;
        rows += room;
        cell.capacity_end = rows;
    }
    sim::resize_columns(s.firms, rows);
    s.candidates.resize(rows, 0);
    s.acquirers.resize(rows, 0);
    s.merger_targets.resize(rows, 0);
    s.merger_tree.resize(2 * rows, 0);
    s.leaving.resize(rows);
    s.appeal.resize(rows);
    s.many = rows >= 100 * block_rows;
    s.blocks.clear();
    for (std::size_t i = 0; i < s.cells.size(); ++i)
        for (sim::Index begin = s.cells[i].rows.begin; begin < s.cells[i].capacity_end; begin += block_rows) {
            Block block;
            block.cell = i;
            block.extent = {begin, std::min(begin + block_rows, s.cells[i].capacity_end)};
            s.blocks.push_back(block);
        }
}

}  // namespace

State draw_population(const Config& c, sim::Draws draws, sim::Stop stop) {
    if (lacks_firms(c))
        throw sim::ScenarioError(
            {{c.population.firms, sim::translated("population.firms: the table has not been read")}});
    State s;
    s.stop = stop;
    s.clock = clock_of(c);
    s.cells = lay_out_cells(c);
    const auto shares = share_out(c, s.cells);
    const auto census = take_census(c, s.cells, shares, draws);
    open_slots(c, shares, census, s);
    lay_out_rows(s);
    s.land_reserve.assign(c.places.size(), 0.0);
    s.places.assign(c.places.size(), {});
    found_policy(c, s);
    s.industries.resize(c.industries.size());
    s.place_investment.assign(c.places.size(), 0.0);
    s.city.land_density = sim::exp(-c.parameters.land.density_growth * static_cast<double>(c.scenario.burn_in_years));
    s.city.wage = c.parameters.production.wage *
                  sim::exp(-c.parameters.macro.burn_in_wage_growth * static_cast<double>(c.scenario.burn_in_years));
    open_fields(c, s);
    s.common = lay_out_factors(c);

    Settlement settlement{c, draws, shares, census, s};
    for (std::size_t i = 0; i < s.industries.size(); ++i) {
        s.industries[i].expected_growth = c.industries[i].burn_in_demand_growth;
        settle_industry(settlement, i);
    }
    add_up(c, s);
    for (auto& industry : s.industries)
        industry.frontier = industry.mean_efficiency + c.parameters.innovation.frontier_lead;
    bound_best(c, s);  // of which the sums, without which there is no frontier, did not yet know
    found_earlier(c, draws, s);
    add_up(c, s);
    return s;
}

}  // namespace growth
