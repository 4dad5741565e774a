// Adds up firms to blocks, blocks to cells and fields, and cells to industries, in an order that no thread and no lane
// width can change.
#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "sim/math/sum.hpp"

namespace growth {

namespace {

Sums sums_of(const Config& c, const Firms& f, sim::Range rows) {
    sim::Pack best(Sums{}.best_efficiency);
    const auto none = sim::Pack(0.0), worst = best;
    const double threshold = c.parameters.population.base_threshold;
    const auto [firms, output, sales, value_added, capital, land, knowledge, research, debt, efficiency, log_sales,
                supported, plants] = sim::sums_over(rows, [&](sim::Lanes at) {
        const auto made = f.output(at), sold = f.sales(at), ability = f.efficiency(at);
        best = sim::max(best, sim::select(sold >= threshold, ability, worst));
        return std::array{f.alive(at),
                          made,
                          sold,
                          f.value_added(at),
                          f.capital(at),
                          f.land(at),
                          f.knowledge(at),
                          f.research(at),
                          f.debt(at),
                          sim::Pack(made * ability),
                          sim::Pack(made * sim::log(sim::max(sold, sim::Pack(1e-6)))),
                          sim::select(f.support(at) > supported_from * sold, sold, none),
                          sim::select(f.origin(at) == static_cast<double>(Origin::attracted), made, none)};
    });
    double highest = Sums{}.best_efficiency;
    for (std::size_t lane = 0; lane < sim::Pack::size(); ++lane) highest = sim::max(highest, double(best[lane]));
    return {.firms = firms,
            .output = output,
            .sales = sales,
            .value_added = value_added,
            .capital = capital,
            .land = land,
            .knowledge = knowledge,
            .research = research,
            .debt = debt,
            .efficiency = efficiency,
            .log_sales = log_sales,
            .supported = supported,
            .plants = plants,
            .best_efficiency = highest};
}

void add(Sums& all, const Sums& part) {
    all.firms += part.firms;
    all.output += part.output;
    all.sales += part.sales;
    all.value_added += part.value_added;
    all.capital += part.capital;
    all.land += part.land;
    all.knowledge += part.knowledge;
    all.research += part.research;
    all.debt += part.debt;
    all.efficiency += part.efficiency;
    all.log_sales += part.log_sales;
    all.supported += part.supported;
    all.plants += part.plants;
    all.best_efficiency = sim::max(all.best_efficiency, part.best_efficiency);
}

void close_cell(Cell& cell, const Sums& sums) {
    cell.before = cell.now;
    CellTotals& t = cell.now;
    t.firms = sums.firms;
    t.output = sums.output;
    t.sales = sums.sales;
    t.value_added = sums.value_added;
    t.capital = sums.capital;
    t.land = sums.land;
    t.knowledge = sums.knowledge;
    t.research = sums.research;
    t.debt = sums.debt;
    t.mean_efficiency = sums.output > 0 ? sums.efficiency / sums.output : 0.0;
    t.mean_log_sales = sums.output > 0 ? sums.log_sales / sums.output : 0.0;
    t.supported_share = sums.sales > 0 ? sums.supported / sums.sales : 0.0;
    t.best_efficiency = sums.best_efficiency;
    cell.attracted_share = sums.output > 0 ? sums.plants / sums.output : 0.0;
}

}  // namespace

void add_up(const Config& c, State& s) {
    const auto& p = c.parameters.innovation;
    for_each_block(s, [&](Block& block) { block.sums = sums_of(c, s.firms, block.rows); });
    for (std::size_t k = 0, i = 0; i < s.cells.size(); ++i) {
        Sums sums;
        for (; k < s.blocks.size() && s.blocks[k].cell == i; ++k) add(sums, s.blocks[k].sums);
        close_cell(s.cells[i], sums);
    }
    for (std::size_t i = 0; i < s.industries.size(); ++i) {
        auto& industry = s.industries[i];
        double firms = 0, sales = 0, output = 0, efficiency = 0, log_sales = 0;
        for (const Cell& cell : s.cells) {
            if (cell.industry != i) continue;
            firms += cell.now.firms;
            sales += cell.now.sales;
            output += cell.now.output;
            efficiency += cell.now.output * cell.now.mean_efficiency;
            log_sales += cell.now.output * cell.now.mean_log_sales;
        }
        industry.year_output += sales / c.parameters.production.sales_ratio * s.clock.dt();
        industry.mean_sales = firms > 0 && sales > 0 ? sales / firms : 1.0;
        if (output > 0) {
            industry.mean_efficiency = efficiency / output;
            industry.mean_log_sales = log_sales / output;
        }
        const double reach = industry.frontier - (1 - p.frontier_reach) * p.frontier_lead;
        for (Cell& cell : s.cells)
            if (cell.industry == i) cell.now.best_efficiency = sim::max(cell.now.best_efficiency, reach);
    }
    add_up_fields(s);
}

}  // namespace growth
