#include "models/growth/initial.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/policy/founding.hpp"
#include "models/growth/step.hpp"
#include "models/growth/supply_chain.hpp"
#include "models/growth/totals.hpp"
#include "sim/population/table.hpp"

namespace growth {

namespace {

double target_sales(const Config& c, const Firms& f, sim::Index row) {
    return c.firms[static_cast<std::size_t>(f.named(row)) - 1].base_sales;
}

// Brings an industry's firms to its sales of the year before: named firms to their own, those below the threshold kept
// below it, and of all others the part beyond the threshold scaled so that the total is met.
void align_industry(const Config& c, std::size_t industry, State& s) {
    const double threshold = c.parameters.population.base_threshold, least = 1.02 * threshold;
    auto& f = s.firms;
    double named = 0, above = 0, beyond = 0;
    const auto for_each_firm = [&](auto&& body) {
        for (const Cell& cell : s.cells)
            if (cell.industry == industry) for_each_living(s, cell, body);
    };
    for_each_firm([&](sim::Index row) {
        if (f.named(row) > 0) {
            named += target_sales(c, f, row);
        } else if (f.above_scale(row) > 0) {
            above += 1;
            beyond += sim::max(f.year_sales(row) - threshold, 0.0);
        }
    });
    const double factor =
        beyond > 0 ? sim::max(c.industries[industry].base_sales - named - above * least, 0.0) / beyond : 0.0;
    for_each_firm([&](sim::Index row) {
        const double was = f.year_sales(row);
        double is = sim::min(was, 0.95 * threshold);
        if (f.named(row) > 0)
            is = target_sales(c, f, row);
        else if (f.above_scale(row) > 0)
            is = least + factor * sim::max(was - threshold, 0.0);
        // heads are not cut in parts
        sim::for_each_extensive(f, [&]<class Column>(Column& column) {
            if constexpr (std::same_as<Column, sim::Column>) column[row] *= is / sim::max(was, 1e-9);
        });
    });
}

}  // namespace

void align_with_data(const Config& c, State& s) {
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) align_industry(c, industry, s);

    auto& f = s.firms;
    double investment = 0;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) { investment += f.above_scale(row) * f.year_investment(row); });

    // What was invested more or less than the data say stands more or less in the plants, on borrowed money.
    s.investment_adjustment = investment > 0 ? c.scenario.base_investment / investment : 1.0;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            const double more = (s.investment_adjustment - 1) * f.year_investment(row);
            f.year_investment[row] = sim::max(f.year_investment(row) + more, 0.0);
            f.capital[row] = sim::max(f.capital(row) + more, 0.3 * f.capital(row));
            f.debt[row] = sim::max(f.debt(row) + more, 0.0);
            // Nobody leaves in the burn-in: who would have is replaced by one with the cash of a newcomer.
            if (f.cash(row) < 0) f.cash[row] = c.parameters.population.cash_ratio * f.sales(row);
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
    b.cell_sales.assign(s.cells.size(), 0.0);
    double all = 0;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            if (f.centre(row) == national_centre) s.city.base_national += 1;
            const double sales = f.year_sales(row);
            if (sales < c.parameters.population.base_threshold) return;
            b.firms += 1;
            b.investment += f.year_investment(row);
            b.sales[cell.industry] += sales;
            b.cell_sales[position_of(s, cell)] += sales;
            if (cell.cluster < c.clusters.size()) b.cluster_output[cell.cluster] += sales / sales_ratio;
            all += sales;
        });
    for (const Cell& cell : s.cells) b.debt += cell.now.debt;
    const double rest = sim::max(c.scenario.base_all_industry_sales - all, 0.0);
    b.share = all / (all + rest);
    // from the mean of the year to the middle of its last step, as firms stand
    s.city.rest_output = rest / sales_ratio * sim::exp(c.parameters.macro.rest_growth * 0.5 * (1 - s.clock.dt()));
}

}  // namespace

State initial(const Config& c, sim::Draws draws, sim::Stop stop) {
    State s = draw_population(c, draws, stop);
    for (int t = 0; t < s.clock.first_step(); ++t) step(c, draws, t, s);
    align_with_data(c, s);
    add_up(c, s);
    for (Cell& cell : s.cells) cell.before = cell.now;
    for (auto& field : s.fields) field.output_before = field.output;
    follow_chain(c, s);
    close_baseline(c, s);
    found_policy(c, s);
    for (std::size_t i = 0; i < s.land_reserve.size(); ++i)
        s.land_reserve[i] = c.places[i].land_supply * c.parameters.land.normal_share * 0.5;
    return s;
}

}  // namespace growth
