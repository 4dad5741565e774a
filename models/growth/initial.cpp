#include "models/growth/initial.hpp"

#include <algorithm>
#include <vector>

#include "models/growth/accounts.hpp"
#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/fields.hpp"
#include "models/growth/known_firms.hpp"
#include "models/growth/labour_market.hpp"
#include "models/growth/listing.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/measure/base_year_figures.hpp"
#include "models/growth/policy/founding.hpp"
#include "models/growth/rest_of_industry.hpp"
#include "models/growth/step.hpp"
#include "models/growth/supply_chain.hpp"
#include "models/growth/totals.hpp"
#include "sim/population/table.hpp"

namespace growth {

namespace {

double target_sales(const Config& c, const Firms& f, sim::Index row) {
    return c.firms[static_cast<std::size_t>(f.named(row)) - 1].base_sales;
}

// A firm and what it sells a year.
struct Sized {
    sim::Index row;
    double sales;
};

bool was_there_all_year(const State& s, sim::Index row) {
    return s.firms.born(row) < s.clock.time(s.clock.first_step()) - 1;
}

// What a firm would have sold in the last year of the burn-in: of one that was not there all year, its sales now times
// what the industry's others sold in that year over what they sell now.
double yearly_sales(const State& s, sim::Index row, double year_over_now) {
    const auto& f = s.firms;
    return was_there_all_year(s, row) ? f.year_sales(row) : f.sales(row) * year_over_now;
}

double year_over_now(std::size_t industry, const State& s) {
    const auto& f = s.firms;
    double year = 0, now = 0;
    for (const Cell& cell : s.cells)
        if (cell.industry == industry)
            for_each_living(s, cell, [&](sim::Index row) {
                if (!was_there_all_year(s, row)) return;
                year += f.year_sales(row);
                now += f.sales(row);
            });
    return now > 0 ? year / now : 1.0;
}

// The firms of an industry that are open and that the data do not name, largest first.
std::vector<Sized> by_size(std::size_t industry, const State& s) {
    const double ratio = year_over_now(industry, s);
    std::vector<Sized> firms;
    for (const Cell& cell : s.cells)
        if (cell.industry == industry)
            for_each_living(s, cell, [&](sim::Index row) {
                if (s.firms.named(row) == 0 && s.firms.founding(row) == 0)
                    firms.push_back({row, yearly_sales(s, row, ratio)});
            });
    std::sort(firms.begin(), firms.end(),
              [](const Sized& a, const Sized& b) { return a.sales != b.sales ? a.sales > b.sales : a.row < b.row; });
    return firms;
}

// Brings the firms of an industry to the rows of the table. Nobody else stays who would stand in it: where it tells
// firms below the threshold nobody at all, else nobody from the threshold on; but who is still building a plant.
void align_with_table(const Config& c, std::size_t industry, State& s) {
    const double ratio = year_over_now(industry, s), threshold = c.parameters.population.base_threshold;
    const bool all_have_rows = tells_fringe(c, industry);
    for (Cell& cell : s.cells) {
        if (cell.industry != industry) continue;
        for_each_living(s, cell, [&](sim::Index row) {
            auto& f = s.firms;
            if (f.table_row(row) > 0) return bring_to_row(c, f, row);
            if (f.founding(row) > 0) return;
            const double sales = yearly_sales(s, row, ratio);
            if (all_have_rows || sales >= threshold) return vacate(s, cell, row);
            f.year_sales[row] = sales;
        });
    }
}

// Brings an industry's firms to its data of the year before: named firms to their sales, as many of the others, largest
// first, above the threshold as there were, and the rest below it. What lies beyond the size of the largest below is
// scaled so that the total is met.
void align_industry(const Config& c, std::size_t industry, State& s) {
    if (c.population.has(industry)) return align_with_table(c, industry, s);
    // a hair's breadth apart: a gap at the threshold would keep firms from crossing it in the first year
    const double threshold = c.parameters.population.base_threshold, least = 1.0001 * threshold;
    auto& f = s.firms;
    double named_sales = 0, named = 0;
    for (const Cell& cell : s.cells)
        if (cell.industry == industry)
            for_each_living(s, cell, [&](sim::Index row) {
                if (f.named(row) == 0) return;
                named += 1;
                named_sales += target_sales(c, f, row);
                resize(f, row, f.year_sales(row), target_sales(c, f, row));
            });

    const auto firms = by_size(industry, s);
    const double wanted = sim::max(c.industries[industry].above_scale_firms - named, 0.0);
    const auto above = std::min(firms.size(), static_cast<std::size_t>(wanted));
    // where fewer firms are left than the data count, all of them stand above
    const double largest_below = above < firms.size() ? firms[above].sales
                                 : firms.empty()      ? threshold
                                                      : sim::min(firms.back().sales, threshold);
    double beyond = 0;
    for (std::size_t k = 0; k < above; ++k) beyond += firms[k].sales - largest_below;
    const double missing =
        sim::max(c.industries[industry].base_sales - named_sales - static_cast<double>(above) * least, 0.0);
    const double factor = beyond > 0 ? missing / beyond : 0.0;
    // nothing else is known of the fringe: it reaches up to the threshold, so firms cross it from the first year on
    const double scale = largest_below > 0 ? 0.9999 * threshold / largest_below : 1.0;
    for (std::size_t k = 0; k < firms.size(); ++k) {
        const auto [row, was] = firms[k];
        f.above_scale[row] = k < above ? 1.0 : 0.0;
        resize(f, row, was, k < above ? least + factor * (was - largest_below) : scale * was);
    }
}

}  // namespace

void align_with_data(const Config& c, State& s) {
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) align_industry(c, industry, s);

    auto& f = s.firms;
    double investment = 0;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            investment += f.above_scale(row) * f.year_investment(row);
            if (f.listed(row) > 0) {
                const auto& p = c.parameters.listing;
                const double raised = listing_proceeds(f.sales(row), p.proceeds_ratio, p.proceeds_cap);
                f.cash[row] = sim::max(f.cash(row), p.proceeds_kept * raised);
            }
            // a known firm whose cash ran out was kept all the same
            if ((f.named(row) > 0 || f.table_row(row) > 0) && f.cash(row) < 0)
                f.cash[row] = c.parameters.population.cash_ratio * f.sales(row);
        });
    s.investment_adjustment = investment > 0 ? c.scenario.base_investment / investment : 1.0;
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
    b.debt = local_debt(c, s);
    // as if banks had always lost what they lost in that year
    b.bank_losses = s.city.bank_losses = c.parameters.accounts.loss_memory * s.city.year_losses;
    // what is counted from the start
    s.city.talents_arrived = s.city.teams = s.city.grafted_relabelled = 0;
    s.place_investment.assign(c.places.size(), 0.0);
    const double rest = sim::max(c.scenario.base_all_industry_sales - all, 0.0);
    b.share = all / (all + rest);
    // from the mean of the year to the middle of its last step, as firms stand
    s.city.rest_path = rest / sales_ratio * sim::exp(c.parameters.rest.growth * 0.5 * (1 - s.clock.dt()));
    open_rest(c, s);
    open_labour_market(c, s);
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
    open_prices(c, s);
    close_baseline(c, s);
    see_base_year(c, s);
    found_policy(c, s);
    return s;
}

}  // namespace growth
