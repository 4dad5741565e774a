#include "models/growth/production.hpp"

#include "models/growth/by_field.hpp"
#include "models/growth/config.hpp"
#include "models/growth/demand.hpp"
#include "models/growth/state.hpp"
#include "sim/math/sum.hpp"

namespace growth {

void produce(const Config& c, int step, State& s, Block& block) {
    const Cell& cell = s.cells[block.cell];
    const auto p = c.parameters.production;
    const auto demand_parameters = c.parameters.demand;
    const double value_added_ratio = c.industries[cell.industry].value_added_ratio;
    const auto price = by_field(s, cell, &FieldState::price);
    const auto current_ratio = by_field(s, cell, &FieldState::value_added_ratio);
    const double h = s.clock.dt();
    const double kept = sim::exp(-demand_parameters.cancellation * h);
    auto& f = s.firms;
    const bool opens_year = s.clock.opens_year(step);
    const double not_found = 1 - s.places[cell.place].hires_served;
    sim::LaneSum hires_wanted;

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto alive = f.alive(at), demand = f.demand(at), backlog = f.backlog(at), capital = f.capital(at);
        const auto efficiency = f.efficiency(at) + f.transitory(at);
        const auto due = orders_due(demand, backlog, demand_parameters.delivery_years, h);
        const auto target = labour_target(p, due, efficiency, capital, sim::exp(f.log_crew(at)), value_added_ratio);
        const auto before = f.labour(at), wanted = alive * adjusted(before, target, p.labour_adjustment, h);
        const auto hires = sim::max(wanted - before, sim::Pack(0.0));
        hires_wanted.add(at, hires);
        const auto labour = wanted - not_found * hires;
        const auto able = capacity(efficiency, capital, labour, p.capital_share, value_added_ratio);
        const auto made = alive * output(due, able, p.utilisation_max);
        const auto utilisation = made / sim::max(able, sim::Pack(1e-12));
        const auto at_field_price = made * price(at);
        const auto value =
            at_field_price * relative_price(f.price_wedge(at), utilisation, p.utilisation_normal, p.price_response);
        const auto sales = value * p.sales_ratio;
        f.labour[at] = labour;
        f.output[at] = made;
        f.backlog[at] = orders_waiting(backlog, demand, made, kept, h);
        f.sales[at] = sales;
        f.value_added[at] = (value - (1 - current_ratio(at)) * at_field_price) * h;
        if (opens_year) f.last_sales[at] = f.year_sales(at);
        f.year_sales[at] = opens_year ? sales * h : f.year_sales(at) + sales * h;
    });
    block.hires_wanted = hires_wanted.total();
}

}  // namespace growth
