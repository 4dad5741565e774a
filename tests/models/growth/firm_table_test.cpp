// A table of firms: the base year is what its rows say, and what they do not say is drawn given that.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "models/growth/cells.hpp"
#include "models/growth/extent.hpp"
#include "models/growth/firm_rows.hpp"
#include "models/growth/known_firms.hpp"
#include "models/growth/production.hpp"
#include "tests/models/growth/firm_tables.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::city;
using growth_tests::dozen;
using growth_tests::file_of;
using growth_tests::Replicate;
using growth_tests::Rows;
using growth_tests::Settings;

// Rows of the state by row of the table, in the order of the state.
std::map<std::size_t, std::vector<sim::Index>> rows_by_row(const State& s) {
    std::map<std::size_t, std::vector<sim::Index>> found;
    for (sim::Index row = 0; row < s.firms.alive.rows(); ++row)
        if (s.firms.alive(row) > 0 && s.firms.table_row(row) > 0)
            found[static_cast<std::size_t>(s.firms.table_row(row)) - 1].push_back(row);
    return found;
}

TEST(FirmTable, BaseYearIsWhatRowsSay) {
    const auto c = city(dozen());
    for (std::uint32_t replicate = 0; replicate < 3; ++replicate) {
        const Replicate run(c, replicate);
        const auto& f = run.state.firms;
        const auto found = rows_by_row(run.state);
        ASSERT_EQ(found.size(), 12U);
        for (const auto& [which, rows] : found) {
            ASSERT_EQ(rows.size(), 1U);
            const auto row = rows[0];
            const auto& known = c.population.rows->rows[which];
            EXPECT_NEAR(f.year_sales(row), known.sales, 1e-12 * known.sales);
            EXPECT_NEAR(f.labour(row), known.employees, 1e-9 * known.employees);
            EXPECT_NEAR(f.capital(row), known.capital, 1e-9 * known.capital);
            EXPECT_NEAR(f.intensity(row), known.research / known.sales, 1e-12);
            EXPECT_EQ(f.relabelled(row), 0);
            EXPECT_EQ(f.patents(row), known.patents);
            EXPECT_NEAR(f.group_ratio(row), known.group_sales / known.sales, 1e-6);  // a column of seven digits
            EXPECT_EQ(f.listed(row), known.listed);
            EXPECT_EQ(f.high_tech(row), known.high_tech);
            EXPECT_GE(f.born(row), known.founded - 1e-3);
            EXPECT_LE(f.born(row), known.founded + 1 + 1e-3);
            const auto& cell = cell_of(const_cast<State&>(run.state), row);
            EXPECT_EQ(cell.place, known.place);
            EXPECT_EQ(cell.industry, 0U);
        }
    }
}

// The figures that results compare with: of places, R&D and group revenue too.
TEST(FirmTable, FiguresOfTheBaseYearAreTheSumsOfRows) {
    const auto c = city(dozen());
    const Replicate run(c, 1);
    double research = 0;
    std::map<std::size_t, double> sales, workers;
    for (const auto& row : c.population.rows->rows) {
        research += row.research;
        sales[row.place] += row.sales, workers[row.place] += row.employees;
    }
    const auto& cells = run.state.base_year.cells;
    CellOutputs machines;
    for (std::size_t k = 0; k < cluster_count(c); ++k) {
        machines.sales += cells[k].sales;
        machines.research += cells[k].research;
        machines.firms += cells[k].firms;
        machines.employment += cells[k].employment;
    }
    EXPECT_NEAR(machines.sales, sales[0] + sales[1], 1e-9 * machines.sales);
    EXPECT_NEAR(machines.employment, workers[0] + workers[1], 1e-9 * machines.employment);
    EXPECT_NEAR(machines.research, research, 1e-9 * research);
    EXPECT_EQ(machines.firms, 12);
    EXPECT_NEAR(c.industries[0].base_sales, sales[0] + sales[1], 1e-12);
    EXPECT_EQ(c.industries[0].above_scale_firms, 12);
}

// (E114) the same output, the same ratio of capital and of crew to what is wished: by hand for K' = 2 K, L' = L / 2,
// alpha = 1/3: a' = a - ln 2 / 3 + 2 ln 2 / 3 = a + ln 2 / 3, l' = l - 2 ln 2
TEST(FirmTable, E114TechniqueFitsWorkersAndCapital) {
    const auto fitted = refitted({0.5, 3.0}, 2, 0.5, 1.0 / 3);
    EXPECT_NEAR(fitted.efficiency, 0.5 + std::log(2.0) / 3, 1e-14);
    EXPECT_NEAR(fitted.log_crew, 3 - 2 * std::log(2.0), 1e-14);

    ProductionParameters p;
    const double k = 1.7, m = 0.6, alpha = p.capital_share;
    const auto other = refitted({0.5, 3.0}, k, m, alpha);
    EXPECT_NEAR(capacity(other.efficiency, k * 5.0, m * 90.0, alpha, 0.25), capacity(0.5, 5.0, 90.0, alpha, 0.25),
                1e-12);
    EXPECT_NEAR(designed_capital(p, 8.0, other.efficiency, other.log_crew, 0.25),
                k * designed_capital(p, 8.0, 0.5, 3.0, 0.25), 1e-12);
    EXPECT_NEAR(labour_target(p, 8.0, other.efficiency, k * 5.0, std::exp(other.log_crew), 0.25),
                m * labour_target(p, 8.0, 0.5, 5.0, std::exp(3.0), 0.25), 1e-9);
}

// Technique stands as workers and capital do, so that nobody rushes to hire, fire or build when the years begin.
TEST(FirmTable, FirstQuarterGoesOnFromTheTable) {
    const auto c = city(dozen());
    double workers = 0, capital = 0, workers_known = 0, capital_known = 0;
    for (std::uint32_t replicate = 0; replicate < 20; ++replicate) {
        Replicate run(c, replicate);
        run.through(1, [&](int) {
            for (const auto& [which, rows] : rows_by_row(run.state)) {
                workers += run.state.firms.labour(rows[0]), capital += run.state.firms.capital(rows[0]);
                workers_known += c.population.rows->rows[which].employees;
                capital_known += c.population.rows->rows[which].capital;
            }
        });
    }
    EXPECT_NEAR(workers / workers_known, 1, 0.08);
    EXPECT_NEAR(capital / capital_known, 1, 0.08);
}

// Fifty firms, of which half say how many work there and hold capital.
FirmFile partly_known() {
    Rows rows;
    for (int k = 0; k < 60; ++k)
        rows.push_back({"machines", k % 2 == 0 ? "old_town" : "", fmt::format("{}", k < 30 ? 0.5 : 50.0),
                        k % 3 == 0 ? fmt::format("{}", 40 + k) : "",
                        k % 3 == 1 ? fmt::format("{}", 0.3 * (k + 1)) : "NA", k % 6 == 2 ? "3" : ""});
    return file_of({"industry", "place", "sales", "employees", "capital", "patents"}, rows);
}

TEST(FirmTable, ReplicatesDifferInWhatIsMissingAlone) {
    const auto c = city(partly_known());
    const Replicate one(c, 0), other(c, 1);
    const auto first = rows_by_row(one.state), second = rows_by_row(other.state);
    ASSERT_EQ(first.size(), 60U);
    std::size_t elsewhere = 0;
    for (const auto& [which, rows] : first) {
        const auto a = rows[0], b = second.at(which)[0];
        const auto& known = c.population.rows->rows[which];
        EXPECT_EQ(one.state.firms.year_sales(a), other.state.firms.year_sales(b));
        const double workers = one.state.firms.labour(a), others = other.state.firms.labour(b);
        EXPECT_EQ(known.employees > 0, std::abs(workers / others - 1) < 1e-9);
        EXPECT_EQ(known.capital > 0, std::abs(one.state.firms.capital(a) / other.state.firms.capital(b) - 1) < 1e-9);
        const auto place = [](const Replicate& run, sim::Index row) {
            return cell_of(const_cast<State&>(run.state), row).place;
        };
        const bool moves = place(one, a) != place(other, b);
        EXPECT_FALSE(moves && known.place != no_row);
        elsewhere += moves;
    }
    EXPECT_GT(elsewhere, 0U);  // a place that is not known is drawn in each
    EXPECT_EQ(growth_tests::bits_of(growth_tests::simulate(c, 1)), growth_tests::bits_of(growth_tests::simulate(c, 1)));
}

// What is missing follows what is known: workers of firms a hundred times as large are so, too, and who holds patents
// performs R&D.
TEST(FirmTable, WhatIsMissingIsDrawnGivenWhatIsKnown) {
    const auto c = city(partly_known(), {{"scenario.parameter_uncertainty", "false"}});
    double workers[2] = {0, 0}, n[2] = {0, 0}, performs = 0, others = 0;
    for (std::uint32_t replicate = 0; replicate < 25; ++replicate) {
        const Replicate run(c, replicate);
        for (const auto& [which, rows] : rows_by_row(run.state)) {
            const auto& known = c.population.rows->rows[which];
            const auto& f = run.state.firms;
            const bool large = known.sales > 1;
            if (!(known.employees > 0) && !(known.capital > 0)) {
                workers[large] += std::log(f.labour(rows[0]) / known.sales);
                n[large] += 1;
            }
            EXPECT_TRUE(f.intensity(rows[0]) > 0 || !(known.patents > 0));
            if (!(known.patents > 0)) performs += f.intensity(rows[0]) > 0, others += 1;
        }
    }
    const auto& industry = c.industries[0];
    const double error = c.parameters.population.labour_spread * std::sqrt(1 / n[0] + 1 / n[1]);
    EXPECT_NEAR(workers[0] / n[0], workers[1] / n[1], 5 * error);
    EXPECT_NEAR(std::exp(-workers[1] / n[1]) / industry.sales_per_worker, 1, 0.3);
    const double share = industry.research_share;
    EXPECT_NEAR(performs / others, share, 5 * std::sqrt(share * (1 - share) / others));
}

// Capital and workers over sales, in logarithms, of an industry's firms that are known one by one: of the small, of the
// large, with the error of each mean.
struct Ratios {
    std::vector<double> capital[2], workers[2];

    Ratios(const Config& c, std::uint32_t replicates) {
        for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
            const Replicate run(c, replicate);
            const auto& f = run.state.firms;
            for (sim::Index row = 0; row < f.alive.rows(); ++row) {
                if (!(f.alive(row) > 0) || !(f.named(row) > 0 || f.table_row(row) > 0)) continue;
                const bool large = f.year_sales(row) > 1;
                capital[large].push_back(std::log(f.capital(row) / f.year_sales(row)));
                workers[large].push_back(std::log(f.labour(row) / f.year_sales(row)));
            }
        }
    }
};

double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

double error(const std::vector<double>& values) {
    double squares = 0;
    for (const double value : values) squares += (value - mean(values)) * (value - mean(values));
    const auto n = static_cast<double>(values.size());
    return std::sqrt(squares / (n - 1) / n);
}

// Of a row that says its sales alone the rest is drawn as for a firm that the scenario names with these sales: small
// firms, which build further ahead (E17), with more capital over sales than large ones.
TEST(FirmTable, RowsOfSalesAloneAreDrawnAsNamedFirms) {
    Rows rows;
    Settings named = {{"scenario.parameter_uncertainty", "false"},
                      {"industries.machines.demand_growth", "0.10"},
                      {"industries.machines.base_sales", "1010"},
                      {"industries.machines.above_scale_firms", "40"}};
    for (int k = 0; k < 40; ++k) {
        const auto* sales = k % 2 == 0 ? "0.5" : "50";
        rows.push_back({"machines", k < 20 ? "old_town" : "east_zone", sales});
        named.push_back({fmt::format("firms.f{}", k),
                         fmt::format("{{ name = \"F{}\", source = \"x\", industry = \"machines\", place = \"{}\", "
                                     "base_sales = {} }}",
                                     k, rows.back()[1], sales)});
    }
    const Ratios table(
        city(file_of({"industry", "place", "sales"}, rows), {{"scenario.parameter_uncertainty", "false"}}), 12);
    const Ratios names(growth_tests::load("scenarios/tutorial/river-city.toml", named), 12);
    for (const bool large : {false, true}) {
        ASSERT_EQ(table.capital[large].size(), 240U);
        ASSERT_EQ(names.capital[large].size(), 240U);
        EXPECT_NEAR(mean(table.capital[large]), mean(names.capital[large]),
                    4 * std::hypot(error(table.capital[large]), error(names.capital[large])));
        EXPECT_NEAR(mean(table.workers[large]), mean(names.workers[large]),
                    4 * std::hypot(error(table.workers[large]), error(names.workers[large])));
    }
    EXPECT_GT(mean(table.capital[0]) - mean(table.capital[1]),
              4 * std::hypot(error(table.capital[0]), error(table.capital[1])));
}

// (E113) a row of weight w is w firms on average, and an industry has the sum of weights, rounded.
TEST(FirmTable, E113WeightsAreFirms) {
    Rows rows;
    const std::vector<double> weights = {2.5, 0.3, 1, 4, 0.7, 1.2};
    for (const double weight : weights) rows.push_back({"machines", "old_town", "2", "60", fmt::format("{}", weight)});
    const auto c = city(file_of({"industry", "place", "sales", "employees", "weight"}, rows));
    EXPECT_NEAR(c.industries[0].above_scale_firms, 9.7, 1e-12);
    EXPECT_NEAR(c.industries[0].base_sales, 19.4, 1e-12);
    const auto cells = lay_out_cells(c);
    const auto shares = share_out(c, cells);
    std::vector<double> counts(weights.size(), 0);
    constexpr std::uint32_t replicates = 2000;
    for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
        std::vector<int> firms(weights.size(), 0);
        int all = 0;
        for (const auto& cell : take_census(c, cells, shares, growth_tests::draws_of(c, replicate)).in_table)
            for (const auto which : cell) ++firms[which], ++all, ++counts[which];
        EXPECT_TRUE(all == 9 || all == 10);
        EXPECT_EQ(firms[2], 1);
        EXPECT_EQ(firms[3], 4);
        for (std::size_t k = 0; k < weights.size(); ++k) EXPECT_LT(std::abs(firms[k] - weights[k]), 1);
    }
    for (std::size_t k = 0; k < weights.size(); ++k)
        EXPECT_NEAR(counts[k] / replicates, weights[k], 5 * 0.5 / std::sqrt(replicates)) << k;

    const Replicate run(c, 3);  // each with what the row says
    for (const auto& [which, found] : rows_by_row(run.state))
        for (const auto row : found) EXPECT_NEAR(run.state.firms.labour(row), 60, 1e-7);
}

// Those who stand in the table are all there are; where it begins at the threshold, those below it are drawn as before.
TEST(FirmTable, NobodyElseStandsWhereTheTableTells) {
    const auto others = [](const Config& c, double least, double most) {
        const Replicate run(c, 2);
        const auto& f = run.state.firms;
        int found = 0;
        for (const Cell& cell : run.state.cells)
            if (cell.industry == 0)
                for (sim::Index row = cell.rows.begin; row < cell.rows.end; ++row)
                    found += f.alive(row) > 0 && f.table_row(row) == 0 && f.founding(row) == 0 &&
                             f.year_sales(row) >= least && f.year_sales(row) < most;
        return found;
    };
    const auto c = city(dozen());
    const double threshold = c.parameters.population.base_threshold;
    EXPECT_EQ(others(c, threshold, 1e9), 0);
    EXPECT_GT(others(c, 0, threshold), 20);
    Rows rows(30, {"machines", "old_town", "1"});
    rows.resize(50, {"machines", "east_zone", "0.01"});
    const auto whole = city(file_of({"industry", "place", "sales"}, rows));
    EXPECT_EQ(others(whole, 0, 1e9), 0);
    EXPECT_EQ(whole.industries[0].fringe_firms, 20);
}

TEST(FirmTable, OtherIndustriesStayAsTheScenarioSays) {
    const Replicate with(city(dozen()), 4);
    double sales = 0, firms = 0;
    const auto& f = with.state.firms;
    for (const Cell& cell : with.state.cells)
        if (cell.industry == 1)
            for (sim::Index row = cell.rows.begin; row < cell.rows.end; ++row)
                if (f.alive(row) > 0 && f.above_scale(row) > 0) sales += f.year_sales(row), firms += 1;
    EXPECT_NEAR(sales, 30, 1e-9);
    EXPECT_EQ(firms, 15);
}

}  // namespace
