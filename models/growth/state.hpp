// What changes from step to step: firms in columns, cells, industries, the macro economy, and what the levers did.
//
// Firms of one cell (an industry at a place, within a cluster) lie in consecutive rows, so a loop over a cell sees its
// industry, place and cluster as plain numbers. A large cell is cut into blocks of rows, which threads may share. Rows
// without a living firm hold zero in every extensive column.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <Eigen/Dense>
#include <Eigen/SparseCore>

#include "models/growth/clock.hpp"
#include "models/growth/firms.hpp"
#include "models/growth/measure/cell_records.hpp"
#include "models/growth/measure/city_records.hpp"
#include "models/growth/origin.hpp"
#include "models/growth/policy/state.hpp"
#include "models/growth/tables.hpp"
#include "models/growth/tier.hpp"
#include "sim/math/rows.hpp"
#include "sim/parallel/stop.hpp"
#include "sim/population/column.hpp"

namespace growth {

// Sums of columns over living firms.
struct Amounts {
    double firms = 0, demand = 0, backlog = 0, opened = 0, output = 0, sales = 0, value_added = 0, capital = 0,
           land = 0, knowledge = 0, research = 0, debt = 0, labour = 0;

    // Each with the column that adds up to it.
    static constexpr void visit(auto&& amount) {
        amount(&Amounts::firms, &Firms::alive);
        amount(&Amounts::demand, &Firms::demand);
        amount(&Amounts::backlog, &Firms::backlog);
        amount(&Amounts::opened, &Firms::opened);
        amount(&Amounts::output, &Firms::output);
        amount(&Amounts::sales, &Firms::sales);
        amount(&Amounts::value_added, &Firms::value_added);
        amount(&Amounts::capital, &Firms::capital);
        amount(&Amounts::land, &Firms::land);
        amount(&Amounts::knowledge, &Firms::knowledge);
        amount(&Amounts::research, &Firms::research);
        amount(&Amounts::debt, &Firms::debt);
        amount(&Amounts::labour, &Firms::labour);
    }
    static constexpr std::size_t count() {
        std::size_t all = 0;
        visit([&all](auto, auto) { ++all; });
        return all;
    }
};
static_assert(sizeof(Amounts) == Amounts::count() * sizeof(double));

// What is added up over a block, and over the blocks of a cell.
struct Sums : Amounts {
    double efficiency = 0, log_sales = 0;  // times output
    double above_scale = 0, support = 0;   // firms above scale, and the sum of their support by (E94)
    double plants = 0;                     // output of attracted plants
    double guaranteed = 0;                 // debt
    double best_efficiency = -1e3;         // of those above scale
};

// A cell at the end of the last step; phases read this, never each other's rows.
struct CellTotals : Amounts {
    double mean_efficiency = 0, mean_log_sales = 0;  // weighted by output
    double best_efficiency = 0;                      // of those above scale, at most the nation's frontier
    double mean_support = 0;                         // of firms above scale, by (E94)
    double guaranteed = 0;                           // debt that policy guarantees
};

struct Cell {
    std::size_t industry = 0, place = 0, cluster = 0;  // cluster counts the clusters first, then the rest of each place
    sim::Range rows;                                   // in use; those of firms that left wait for an entrant
    sim::Index capacity_end = 0;
    sim::Index hole = 0;                              // before this row of the cell none is free
    std::array<int, origins> slots{};                 // possible entrants a step, by origin
    std::array<std::uint64_t, origins> more_slots{};  // ids of those that do not fit the common scheme, at step 0
    std::array<double, origins> entry_weight{};       // share of the city's attracted and grafted entrants
    CellTotals now, before;                           // at the end of the last step and of the one before
    double attracted_share = 0;                       // of the cell's output, from attracted plants
    double procured = 0, procured_change = 0;         // orders of government, a year; their change as growth of demand
};

// At most so many consecutive rows of one cell: few enough to stay in the cache from phase to phase.
inline constexpr sim::Index block_rows = 1024;

struct Block {
    std::size_t cell = 0;
    sim::Range extent;  // all its rows
    sim::Range rows;    // those in use
    // What a loop over blocks finds, left here to be taken up in the order of blocks.
    Sums sums;
    std::size_t found = 0;
    double sum = 0;
    std::array<double, tiers> by_tier{};
    double hires_wanted = 0;  // over the step, whether or not they were found
};

struct IndustryState {
    double shock = 0, demand_change = 0, city_change = 0, expected_growth = 0, frontier = 0, frontier_change = 0,
           mean_sales = 1, mean_efficiency = 0, mean_log_sales = 0;
    double log_demand = 0;
    double price = 1;                         // mean over its fields, by output
    double price_trend = 0, price_shock = 0;  // a year, and of the step: what its fields have in common
    double usual_price_growth = 0;            // a year, without what the path says of it alone
    std::size_t first_field = 0, fields = 1;  // in State::fields
    double year_output = 0;                   // at current prices, since the year began
    double lost_to_rivals = 0;                // growth of demand over the step, taken by firms that policy helped
};

struct FieldState {
    std::size_t industry = 0;
    std::size_t row = no_row, path = no_row;  // of [fields] and of [industry_paths]
    double demand = 0, backlog = 0;           // of its firms
    // Demand that over the step firms of the field lost with customers and closures, and its entrants took; what it
    // does to the others (E75).
    double lost = 0, taken = 0, churn = 0;
    double output = 0,
           output_before = 0;  // at prices of the base year, at the end of the last step and of the one before
    double demand_change = 0, expected_growth = 0, expected_rise = 1;
    double price = 1, price_change = 0;
    double value_added_ratio = 0;  // at the prices of the moment
    double entry_weight = 0;       // among the fields of its industry, before priority
    // What the last step left of the chain.
    double required = 0, required_before = 0;    // of its product by local buyers, as output
    double local_part = 0, required_change = 0;  // of its output that they take; of what they need
    double price_link = 0;                       // change of price by the prices of its buyers and of its inputs
    double inputs_met = 1, linked_growth = 0;    // of its inputs; that times the growth of its suppliers
};

// Who buys what of whom. Positions are those of the fields of the state.
struct SupplyChain {
    Eigen::SparseMatrix<double> inputs;  // supplier by buyer: coefficients; a column is a buyer's recipe
    Eigen::SparseMatrix<double> pushes;  // supplier by buyer: elasticities (E64)
    Eigen::SparseMatrix<double> pulls;   // buyer by supplier: weight times response, of (E63)
};

// Factors, by (E79): loadings are those of industries, and last of the rest of the city's industry.
struct CommonShocks {
    Eigen::MatrixXd national_loadings, city_loadings, price_loadings;
    Eigen::VectorXd shocks;  // deviations of the factors, a year
    // growth over the step that they bring: of national demand, of the city's beyond it, and of prices
    Eigen::VectorXd national, city, prices;
};

// What happened to the number of firms over the step; identities.cpp balances it.
struct Demography {
    std::array<double, origins> entries{};
    double closures = 0, bankruptcies = 0, mergers = 0, refused = 0, without_land = 0;
};

// Workers of a place, and what the rest of industry has there.
struct PlaceState {
    double labour_force = 0, emerging_workers = 0;  // persons; of firms, at the end of the last step
    double hires_wanted = 0, hires_served = 1;      // of firms over the last step; share of them that finds workers now
    double wage_premium = 1;                        // of the place over the national path
    // The rest of industry: its share of the city's, workers and those it would have at the national wage, land without
    // levers.
    double rest_share = 0, rest_workers = 0, rest_normal_workers = 0, rest_normal_land = 0;
    double rest_output = 0;             // by its means, as the city's
    double land_taken = 0;              // of the rest's that levers brought to firms
    double lost_on_land = 0;            // output a year that the rest lacks for it, at prices of the base year
    double reserve_without_levers = 0;  // that the place could give firms now if levers brought none
};

struct City {
    // The rest of industry, yearly rates at prices of the base year: by growth alone, and by its means.
    double rest_path = 0, rest_output = 0, rest_price = 1;
    double rest_capital_lacking = 0;            // by loans that went elsewhere, at prices of the base year
    double unemployment = 0, wage_premium = 1;  // as the step began; mean premium by workers of firms
    double staff = 0, research_cost = 1, wage = 0, wage_change = 0,
           real_wage_change = 0;  // of the step, in logarithms; real: against producer prices
    double talents_arrived = 0, talents_here = 0, teams = 0, base_national = 0;
    double grafted_relabelled = 0;                 // output a year taken over from the rest of industry
    double lost_normally = 0, taken_normally = 0;  // in a step of the base year, over demand: see (E75)
    double capital_price = 1;                      // of plant, against the start
    double land_density = 1;                       // capital a unit of land carries, against the start
    double reporting_wedge = 0;               // logarithm of reported over true output, the widening of the list apart
    double credit_tightness = 1;              // share of their credit limits that banks can serve
    double bank_losses = 0, year_losses = 0;  // of failed firms: of late, and since the year began
    double interest_rate = 0;                 // that a firm without policy pays now, a year
};

// The year before the start, above-scale firms.
struct Baseline {
    double firms = 0, investment = 0, share = 0;
    std::vector<double> sales;           // by industry
    std::vector<double> cluster_output;  // a year, the plan's clusters
    std::vector<double> cell_sales;
    double debt = 0, bank_losses = 0;  // that the city's banks carry, and lost
};

// The same year as it would have been recorded, flows of the whole year: by industry and cluster, by place, by industry
// and place, by field, and of the city.
struct BaseYear {
    std::vector<CellOutputs> cells, places, industry_places;
    std::vector<FieldOutputs> fields;
    CityOutputs city;
};

// A firm that may be chosen, by its score.
struct Candidate {
    sim::Index row;
    double score;
};

// The weights by which firms are chosen at a moment.
struct SelectionWeightsInForce {
    double merit = 0, size = 0, connection = 0;
    bool operator==(const SelectionWeightsInForce&) const = default;
};

// Who may be taken over in a step, as of before its mergers.
struct MergerTarget {
    sim::Index row;
    double field, sales, score;
};

struct State {
    Clock clock;
    Baseline baseline;
    Firms firms;
    std::vector<Cell> cells;
    std::vector<Block> blocks;  // in the order of rows
    bool many = false;          // so many firms that threads share a step
    std::vector<IndustryState> industries;
    std::vector<FieldState> fields;  // industry by industry
    SupplyChain chain;
    CommonShocks common;
    City city;
    PolicyState policy;
    Demography demography;
    std::vector<PlaceState> places;
    std::vector<double> place_investment;           // cumulated from the start
    std::vector<double> land_reserve;               // what a place can give now
    double investment_adjustment = 1;               // investment known of the year before over that of the burn-in
    std::vector<std::array<double, 4>> field_sums;  // output, demand, backlog, opened, by block and field
    // room for each row
    sim::Scratch<Candidate> candidates;
    sim::Scratch<sim::Index> acquirers;
    sim::Scratch<MergerTarget> merger_targets;
    sim::Scratch<std::int32_t> merger_tree;
    sim::Bytes leaving;                      // how a firm ends in this step
    sim::Column appeal;                      // odds of being chosen for support,
    int appeal_step = -1;                    // in this step,
    SelectionWeightsInForce appeal_weights;  // by these weights
    std::uint64_t more_slots = 0;            // of all cells, a step
    sim::Stop stop;                          // loops over blocks and firms look at it
    BaseYear base_year;
};

}  // namespace growth
