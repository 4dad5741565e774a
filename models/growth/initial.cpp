#include "models/growth/initial.hpp"

#include <algorithm>

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/newborn.hpp"
#include "models/growth/step.hpp"
#include "models/growth/streams.hpp"
#include "sim/population/table.hpp"

namespace growth {

namespace {

Clock clock_of(const Config& c) {
    return {.start_year = static_cast<int>(c.scenario.start_year),
            .burn_in_years = static_cast<int>(c.scenario.burn_in_years),
            .years = static_cast<int>(c.scenario.years),
            .steps_per_year = static_cast<int>(c.scenario.steps_per_year)};
}

// Who lives in a cell before the first step.
struct Census {
    std::vector<int> above, fringe;
    std::vector<std::vector<std::size_t>> named;  // rows of [firms.*] by cell
};

Census take_census(const Config& c, const std::vector<Cell>& cells, const CellShares& shares) {
    Census census;
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
        const auto above = whole_numbers(weights, static_cast<int>(c.industries[industry].above_scale_firms) - named);
        const auto fringe = whole_numbers(weights, static_cast<int>(c.industries[industry].fringe_firms));
        for (std::size_t i = 0; i < cells.size(); ++i) {
            census.above[i] += above[i];
            census.fringe[i] += fringe[i];
        }
    }
    return census;
}

// Slots wide enough for about three times the entrants that come without policy.
void open_slots(const Config& c, const Clock& clock, const CellShares& shares, const Census& census,
                std::vector<Cell>& cells) {
    const auto& p = c.parameters.entry;
    const double h = clock.dt();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Cell& cell = cells[i];
        const auto& industry = c.industries[cell.industry];
        double attraction = 0, relatedness = 0;
        for (const auto& each : c.industries) {
            attraction += each.attraction_share;
            relatedness += each.traditional_relatedness;
        }
        const double share = shares.firms[i];
        cell.entry_weight[static_cast<std::size_t>(Origin::attracted)] =
            attraction > 0 ? industry.attraction_share / attraction * share : 0.0;
        cell.entry_weight[static_cast<std::size_t>(Origin::grafted)] =
            relatedness > 0 ? industry.traditional_relatedness / relatedness * share : 0.0;
        const double firms = census.above[i] + census.fringe[i] + static_cast<double>(census.named[i].size());
        const std::array<double, origins> expected = {
            0.0, p.start_up_rate * firms * h,
            p.spin_off_rate * shares.sales[i] * industry.sales_2010 * industry.research_intensity *
                industry.research_share / c.parameters.talent.cost_per_staff * h,
            p.attracted_rate * p.attracted_realised * cell.entry_weight[3] * h,
            p.grafted_rate * cell.entry_weight[4] * h};
        double entrants = 0;
        for (std::size_t origin = 1; origin < origins; ++origin) {
            if (expected[origin] <= 0) continue;
            cell.slots[origin] = std::min(256, 2 + static_cast<int>(3 * expected[origin] + 3));
            entrants += expected[origin] * clock.years * clock.steps_per_year;
        }
        const auto rows = static_cast<sim::Index>(firms + 16 + 1.5 * entrants);
        cell.capacity_end = (rows + 7) / 8 * 8;  // room for now; laid out below
    }
}

double birth_sales(const Config& c, const Industry& industry, const sim::Stream& stream, std::uint64_t id) {
    const auto& p = c.parameters.population;
    const auto uniform = stream.uniforms(id, 0);
    const auto normal = stream.normals(id, 1);
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
        (sum(middle) < total ? low : high) = middle;
    }
    for (double& size : sizes) size = sim::clamp(high * size, least, most);
}

// The common part of every firm there is at the start.
Newborn incumbent(const Config& c, sim::Draws draws, const Cell& cell, std::uint64_t id, double sales) {
    const auto& population = c.parameters.population;
    const auto& production = c.parameters.production;
    const auto& industry = c.industries[cell.industry];
    const auto normal = draws.at(streams::birth, 0).normals(id, 2);
    const auto uniform = draws.at(streams::birth, 0).uniforms(id, 3);
    Newborn n;
    n.id = id;
    n.sales = sales;
    n = with_traits(c, draws, cell, n);
    n.born = static_cast<double>(c.scenario.start_year - c.scenario.burn_in_years) +
             population.mean_age * sim::log(uniform[0]);
    // Designed capital (E8) read backwards: technique and sales per worker say what efficiency must be
    const double output = sales / production.sales_ratio;
    const double workers = sales / (industry.sales_per_worker * sim::exp(population.labour_spread * normal[0]));
    const double log_crew = sim::log(workers / (n.capital_output * output));
    n.efficiency = sim::log(industry.value_added_ratio / (production.utilisation_normal * n.capital_output)) -
                   (1 - production.capital_share) * log_crew;
    n.pipeline = sim::max(industry.demand_growth_2010, 0.0) * c.parameters.investment.approval_years;
    n.debt_ratio = population.debt_ratio * sim::exp(0.4 * normal[1]);
    n.cash_ratio = population.cash_ratio * sim::exp(0.5 * normal[2]);
    return n;
}

}  // namespace

State draw_population(const Config& c, sim::Draws draws) {
    State s;
    s.clock = clock_of(c);
    s.cells = lay_out_cells(c);
    const auto shares = share_out(c, s.cells);
    const auto census = take_census(c, s.cells, shares);
    open_slots(c, s.clock, shares, census, s.cells);
    sim::Index rows = 0;
    for (Cell& cell : s.cells) {
        const sim::Index room = cell.capacity_end;
        cell.rows = {rows, rows};
        rows += room;
        cell.capacity_end = rows;
    }
    sim::resize_columns(s.firms, rows);
    s.industries.resize(c.industries.size());
    s.clusters.resize(c.clusters.size());
    s.place_investment.assign(c.places.size(), 0.0);
    s.policy.ledger.resize(lever_count());
    s.policy.attraction_by_cell.assign(s.cells.size(), 1.0);
    s.policy.land_reserve.assign(c.places.size(), 0.0);
    s.policy.land_share.assign(c.places.size(), 0.0);
    s.policy.eligible_cells.clear();
    Levers::visit(c.levers, [&](const auto& lever) {
        s.policy.eligible_cells.push_back(eligible_cells(c, s.cells, lever.eligible));
    });
    s.city.wage = c.parameters.production.wage;

    const auto& population = c.parameters.population;
    const auto sizes = draws.at(streams::birth_size, 0);
    std::uint64_t id = 0;
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) {
        const auto& row = c.industries[industry];
        s.industries[industry].expected_growth = row.demand_growth_2010;
        const double shrink = sim::exp(-row.demand_growth_2010 * (static_cast<double>(c.scenario.burn_in_years) - 0.5));
        double named_sales = 0;
        for (const auto& firm : c.firms)
            if (firm.industry == row.key) named_sales += firm.sales_2010;

        std::vector<double> drawn;  // above-scale, not named, cell by cell
        std::vector<std::uint64_t> ids;
        for (std::size_t i = 0; i < s.cells.size(); ++i) {
            if (s.cells[i].industry != industry) continue;
            const double lift = shares.firms[i] > 0 ? shares.sales[i] / shares.firms[i] : 1.0;
            for (int k = 0; k < census.above[i]; ++k) {
                ids.push_back(id);
                drawn.push_back(lift * birth_sales(c, row, sizes, id++));
            }
        }
        scale_to_total(drawn, sim::max(row.sales_2010 - named_sales, 0.0), 1.05 * population.threshold_2010,
                       population.size_cap);

        std::size_t next = 0;
        for (std::size_t i = 0; i < s.cells.size(); ++i) {
            Cell& cell = s.cells[i];
            if (cell.industry != industry) continue;
            const auto settle_in = [&](const Newborn& n, bool above) {
                const auto place = cell.rows.end++;
                found(c, s, cell, place, n);
                s.firms.above_scale[place] = above ? 1.0 : 0.0;
                return place;
            };
            for (const std::size_t k : census.named[i]) {
                const auto& firm = c.firms[k];
                Newborn n = incumbent(c, draws, cell, id++, firm.sales_2010 * shrink);
                n.intensity = firm.research_intensity;
                n.group_ratio = firm.group_ratio;
                const auto place = settle_in(n, true);
                s.firms.named[place] = static_cast<double>(k + 1);
                s.firms.high_tech[place] = firm.high_tech ? 1.0 : 0.0;
                s.firms.listed[place] = firm.listed ? 1.0 : 0.0;
                s.firms.centre[place] = provincial_centre;
            }
            for (int k = 0; k < census.above[i]; ++k, ++next) {
                const auto place = settle_in(incumbent(c, draws, cell, ids[next], drawn[next] * shrink), true);
                const auto luck = draws.at(streams::birth, 0).uniforms(ids[next], 4);
                const bool researches = s.firms.intensity(place) > 0;
                s.firms.high_tech[place] = researches && luck[0] < 0.3 ? 1.0 : 0.0;
                const bool able = s.firms.research(place) >= c.parameters.standing.centre_research;
                s.firms.centre[place] = able ? (luck[1] < 0.4   ? provincial_centre
                                                : luck[1] < 0.8 ? city_centre
                                                                : 0.0)
                                             : 0.0;
            }
            for (int k = 0; k < census.fringe[i]; ++k) {
                const double size =
                    population.fringe_median * sim::exp(population.fringe_spread * sizes.normals(id, 1)[0]);
                Newborn n = incumbent(c, draws, cell, id, sim::min(size, 0.9 * population.threshold_2010) * shrink);
                n.intensity = 0.3 * n.intensity;
                settle_in(n, false);
                ++id;
            }
        }
    }
    add_up(c, s);
    for (std::size_t i = 0; i < s.industries.size(); ++i)
        s.industries[i].frontier = s.industries[i].mean_efficiency + c.parameters.innovation.frontier_lead;
    return s;
}

void align_with_data(const Config& c, State& s) {
    const double threshold = c.parameters.population.threshold_2010;
    auto& f = s.firms;
    double investment = 0;
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) {
        double named = 0, above = 0, beyond = 0;  // sales of named firms; of others, the part beyond the threshold
        for (const Cell& cell : s.cells) {
            if (cell.industry != industry) continue;
            for_each_living(s, cell, [&](sim::Index row) {
                if (f.named(row) > 0)
                    named += c.firms[static_cast<std::size_t>(f.named(row)) - 1].sales_2010;
                else if (f.above_scale(row) > 0) {
                    above += 1;
                    beyond += sim::max(f.year_sales(row) - threshold, 0.0);
                }
            });
        }
        const double least = 1.02 * threshold;
        const double factor = beyond > 0 ? (c.industries[industry].sales_2010 - named - above * least) / beyond : 0.0;
        for (const Cell& cell : s.cells) {
            if (cell.industry != industry) continue;
            for_each_living(s, cell, [&](sim::Index row) {
                const double was = f.year_sales(row);
                double is = sim::min(was, 0.95 * threshold);
                if (f.named(row) > 0)
                    is = c.firms[static_cast<std::size_t>(f.named(row)) - 1].sales_2010;
                else if (f.above_scale(row) > 0)
                    is = least + factor * sim::max(was - threshold, 0.0);
                const double scale = is / was;
                Firms::visit_extensive(f, [&](sim::Column& column) { column[row] *= scale; });
                if (f.above_scale(row) > 0) investment += f.year_investment(row);
            });
        }
    }

    // What was invested more or less than the data say stands more or less in the plants, on borrowed money.
    s.investment_adjustment = investment > 0 ? c.scenario.investment_2010 / investment : 1.0;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            const double more = (s.investment_adjustment - 1) * f.year_investment(row);
            f.year_investment[row] += more;
            f.capital[row] = sim::max(f.capital(row) + more, 0.3 * f.capital(row));
            f.debt[row] = sim::max(f.debt(row) + more, 0.0);
            f.cash[row] = sim::max(f.cash(row), 0.0);  // who is still here was helped by its owners
        });
}

namespace {

// What the year before the start looked like, and how much industry there is besides.
void close_baseline(const Config& c, State& s) {
    const auto& f = s.firms;
    const double sales_ratio = c.parameters.production.sales_ratio;
    auto& b = s.baseline;
    b.sales.assign(c.industries.size(), 0.0);
    b.cluster_output.assign(c.clusters.size(), 0.0);
    double all = 0;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            if (f.centre(row) == national_centre) s.city.national_2010 += 1;
            const double sales = f.year_sales(row);
            if (sales < c.parameters.population.threshold_2010) return;
            b.firms += 1;
            b.investment += f.year_investment(row);
            b.sales[cell.industry] += sales;
            if (cell.cluster < c.clusters.size()) b.cluster_output[cell.cluster] += sales / sales_ratio;
            all += sales;
        });
    s.city.rest_output = sim::max(c.scenario.all_industry_sales_2010 - all, 0.0) / sales_ratio;
    b.share = all / (all + s.city.rest_output * sales_ratio);
}

}  // namespace

State initial(const Config& c, sim::Draws draws) {
    State s = draw_population(c, draws);
    for (int t = 0; t < s.clock.first_step(); ++t) step(c, draws, t, s);
    align_with_data(c, s);
    add_up(c, s);
    for (Cell& cell : s.cells) cell.before = cell.now;
    close_baseline(c, s);
    for (std::size_t i = 0; i < s.policy.land_reserve.size(); ++i)
        s.policy.land_reserve[i] = c.places[i].land_supply * c.parameters.land.normal_share * 0.5;
    return s;
}

}  // namespace growth
