// Adds up firms to blocks, blocks to cells and fields, and cells to industries, in an order that no thread and no lane
// width can change.
#include "models/growth/totals.hpp"

#include "models/growth/config.hpp"
#include "models/growth/fields.hpp"
#include "models/growth/innovation.hpp"
#include "models/growth/knowledge.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/state.hpp"
#include "sim/math/sum.hpp"

namespace growth {

namespace {

Sums sums_of(const Config& c, const Firms& f, sim::Range rows) {
    sim::Pack best(Sums{}.best_efficiency);
    const auto none = sim::Pack(0.0), worst = best;
    const double threshold = c.parameters.population.base_threshold, full_support = c.parameters.knowledge.full_support;
    constexpr std::size_t amounts = Amounts::count();
    const auto found = sim::sums_over(rows, [&](sim::Lanes at) {
        const auto made = f.output(at), sold = f.sales(at), ability = f.efficiency(at);
        best = sim::max(best, sim::select(sold >= threshold, ability, worst));
        std::array<sim::Pack, amounts + 6> terms;
        std::size_t next = 0;
        Amounts::visit([&](auto, auto column) { terms[next++] = (f.*column)(at); });
        terms[next++] = made * ability;
        terms[next++] = made * sim::log(sim::max(sold, sim::Pack(1e-6)));
        const auto above = sim::select(sold >= threshold, sim::Pack(1.0), none);
        terms[next++] = above;
        terms[next++] = above * support_dose(f.support(at), sold, full_support);
        terms[next++] = sim::select(f.origin(at) == static_cast<double>(Origin::attracted), made, none);
        terms[next++] = sim::min(f.guaranteed(at), f.debt(at));
        return terms;
    });
    Sums sums;
    std::size_t next = 0;
    Amounts::visit([&](auto amount, auto) { sums.*amount = found[next++]; });
    sums.efficiency = found[next++];
    sums.log_sales = found[next++];
    sums.above_scale = found[next++];
    sums.support = found[next++];
    sums.plants = found[next++];
    sums.guaranteed = found[next++];
    for (std::size_t lane = 0; lane < sim::Pack::size(); ++lane)
        sums.best_efficiency = sim::max(sums.best_efficiency, double(best[lane]));
    return sums;
}

void add(Sums& all, const Sums& part) {
    Amounts::visit([&](auto amount, auto) { all.*amount += part.*amount; });
    all.efficiency += part.efficiency;
    all.log_sales += part.log_sales;
    all.above_scale += part.above_scale;
    all.support += part.support;
    all.plants += part.plants;
    all.guaranteed += part.guaranteed;
}

void close_cell(Cell& cell, const Sums& sums) {
    cell.before = cell.now;
    CellTotals& t = cell.now;
    static_cast<Amounts&>(t) = sums;
    t.mean_efficiency = sums.output > 0 ? sums.efficiency / sums.output : 0.0;
    t.mean_log_sales = sums.output > 0 ? sums.log_sales / sums.output : 0.0;
    t.mean_support = sums.above_scale > 0 ? sums.support / sums.above_scale : 0.0;
    t.guaranteed = sums.guaranteed;
    cell.attracted_share = sums.output > 0 ? sums.plants / sums.output : 0.0;
}

}  // namespace

void add_up(const Config& c, State& s) {
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
    }
    bound_best(c, s);
    add_up_fields(s);
}

void bound_best(const Config& c, State& s) {
    const auto& p = c.parameters.innovation;
    for (std::size_t k = 0, i = 0; i < s.cells.size(); ++i) {
        double best = Sums{}.best_efficiency;
        for (; k < s.blocks.size() && s.blocks[k].cell == i; ++k)
            best = sim::max(best, s.blocks[k].sums.best_efficiency);
        const double frontier = s.industries[s.cells[i].industry].frontier;
        s.cells[i].now.best_efficiency =
            sim::clamp(best, imitable(frontier, p.frontier_lead, p.frontier_reach), frontier);
    }
}

}  // namespace growth
