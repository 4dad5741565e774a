#include "models/growth/production.hpp"

#include "models/growth/by_field.hpp"
#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

void produce(const Config& c, int step, State& s, const Block& block) {
    const Cell& cell = s.cells[block.cell];
    const auto p = c.parameters.production;
    const double value_added_ratio = c.industries[cell.industry].value_added_ratio;
    const auto price = by_field(s, cell, &FieldState::price);
    const auto current_ratio = by_field(s, cell, &FieldState::value_added_ratio);
    const double h = s.clock.dt();
    auto& f = s.firms;
    const bool opens_year = s.clock.opens_year(step);

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto alive = f.alive(at);
        const auto efficiency = f.efficiency(at) + f.transitory(at);
        const auto target =
            labour_target(p, f.demand(at), efficiency, f.capital(at), sim::exp(f.log_crew(at)), value_added_ratio);
        const auto labour = alive * adjusted(f.labour(at), target, p.labour_adjustment, h);
        const auto able = capacity(efficiency, f.capital(at), labour, p.capital_share, value_added_ratio);
        const auto made = alive * output(f.demand(at), able, p.utilisation_max);
        const auto value = made * price(at);
        const auto sales = value * p.sales_ratio;
        f.labour[at] = labour;
        f.output[at] = made;
        f.sales[at] = sales;
        f.value_added[at] = value * current_ratio(at) * h;
        if (opens_year) f.last_sales[at] = f.year_sales(at);
        f.year_sales[at] = opens_year ? sales * h : f.year_sales(at) + sales * h;
    });
}

}  // namespace growth
