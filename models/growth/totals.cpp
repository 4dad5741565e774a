// Adds up firms to cells and cells to industries, in an order that no thread and no lane width can change.
#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "sim/math/sum.hpp"

namespace growth {

namespace {

CellTotals totals_of(const Config& c, const State& s, const Cell& cell, double& attracted) {
    const auto& f = s.firms;
    sim::LaneSum firms, output, sales, value_added, capital, land, knowledge, research, efficiency, log_sales,
        supported, plants;
    sim::Pack best(-1e3);
    const auto none = sim::Pack(0.0);
    sim::for_each_lanes(cell.rows, [&](sim::Lanes at) {
        const auto made = f.output(at);
        firms.add(at, f.alive(at));
        output.add(at, made);
        sales.add(at, f.sales(at));
        value_added.add(at, f.value_added(at));
        capital.add(at, f.capital(at));
        land.add(at, f.land(at));
        knowledge.add(at, f.knowledge(at));
        research.add(at, f.research(at));
        efficiency.add(at, made * f.efficiency(at));
        log_sales.add(at, made * sim::log(sim::max(f.sales(at), sim::Pack(1e-6))));
        supported.add(at, sim::select(f.support(at) > supported_from * f.sales(at), f.sales(at), none));
        plants.add(at, sim::select(f.origin(at) == static_cast<double>(Origin::attracted), made, none));
        best = sim::max(best, sim::select(f.sales(at) >= c.parameters.population.threshold_2010, f.efficiency(at),
                                          sim::Pack(-1e3)));
    });
    double highest = -1e3;
    for (std::size_t lane = 0; lane < sim::Pack::size(); ++lane) highest = sim::max(highest, double(best[lane]));

    CellTotals t;
    t.firms = firms.total();
    t.output = output.total();
    t.sales = sales.total();
    t.value_added = value_added.total();
    t.capital = capital.total();
    t.land = land.total();
    t.knowledge = knowledge.total();
    t.research = research.total();
    t.mean_efficiency = t.output > 0 ? efficiency.total() / t.output : 0.0;
    t.mean_log_sales = t.output > 0 ? log_sales.total() / t.output : 0.0;
    t.supported_share = t.sales > 0 ? supported.total() / t.sales : 0.0;
    t.best_efficiency = highest;
    attracted = t.output > 0 ? plants.total() / t.output : 0.0;
    return t;
}

}  // namespace

void add_up(const Config& c, State& s) {
    const auto& p = c.parameters.innovation;
    for (Cell& cell : s.cells) {
        cell.before = cell.now;
        cell.now = totals_of(c, s, cell, cell.attracted_share);
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
        industry.mean_sales = firms > 0 && sales > 0 ? sales / firms : 1.0;
        if (output > 0) {
            industry.mean_efficiency = efficiency / output;
            industry.mean_log_sales = log_sales / output;
        }
        const double reach = industry.frontier - (1 - p.frontier_reach) * p.frontier_lead;
        for (Cell& cell : s.cells)
            if (cell.industry == i) cell.now.best_efficiency = sim::max(cell.now.best_efficiency, reach);
    }
}

}  // namespace growth
