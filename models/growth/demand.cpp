#include "models/growth/demand.hpp"

#include "models/growth/by_field.hpp"
#include "models/growth/config.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/macro.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

void draw_orders(const Config& c, sim::Draws draws, int step, State& s, const Block& block) {
    if (!s.clock.opens_year(step)) return;
    const auto p = c.parameters.demand;
    auto& f = s.firms;
    const double mean_sales = s.industries[s.cells[block.cell].industry].mean_sales;
    const auto& production = c.parameters.production;
    const Autoregression pricing(production.price_persistence, production.price_spread, 1.0);  // lists are for a year
    const auto stream = draws.at(streams::orders, static_cast<sim::Step>(step));

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto uniform = stream.uniforms(f.id(at), streams::spread_and_time);
        const auto normal = stream.normals(f.id(at), streams::size);
        const auto relative = sim::log(sim::max(f.sales(at), sim::Pack(1e-6)) / mean_sales);
        const auto spread = order_spread(p.order_volatility, p.order_size_exponent, relative);
        const auto order = large_order(spread, sim::exponential_from(uniform[0]), normal[0]);
        const auto change = change_by_orders(order, f.large_order(at), spread, p.transitory_share);
        const sim::Mask founding = f.founding(at) > 0.0;
        f.order_shock[at] = sim::select(founding, sim::Pack(0.0), change);
        f.large_order[at] = sim::select(founding, sim::Pack(0.0), order);
        f.order_time[at] = uniform[1];
        f.measurement_error[at] = sim::Pack(c.parameters.reporting.measurement_spread) * normal[2];
        f.price_wedge[at] = f.alive(at) * pricing(f.price_wedge(at), normal[1]);
    });
}

void move_demand(const Config& c, int step, State& s, const Block& block) {
    const auto p = c.parameters.demand;
    const std::size_t which = s.cells[block.cell].industry;
    const auto industry = s.industries[which];
    auto& f = s.firms;
    const auto national = by_field(s, s.cells[block.cell], &FieldState::demand_change);
    const double h = s.clock.dt();
    const double year_share = s.clock.step_of_year(step) * h;
    const double national_mean = industry.frontier - c.parameters.innovation.frontier_lead;
    const double rival = (1 - p.local_stealing) * national_mean + p.local_stealing * industry.mean_efficiency;
    const double within = c.parameters.innovation.within_share;
    const double steered = s.cells[block.cell].procured_change - industry.lost_to_rivals + industry.city_change;
    const double cancelled = 1 - sim::exp(-p.cancellation * h), released = share_released(p.link_years, h);
    const auto churn = by_field(s, s.cells[block.cell], &FieldState::churn);

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto demand = f.demand(at);
        const auto sales = sim::max(f.sales(at), sim::Pack(1e-6));
        const auto time = f.order_time(at);
        const auto order = sim::select(time >= year_share && time < year_share + h, f.order_shock(at), sim::Pack(0.0));
        const DemandForces<sim::Pack> forces{.national = national(at) + churn(at) + steered,
                                             .efficiency_change = f.efficiency_change(at),
                                             .efficiency = f.efficiency(at),
                                             .log_relative_size = sim::log(sales) - industry.mean_log_sales,
                                             .order = order,
                                             .national_growth = within * industry.frontier_change / h,
                                             .rival_efficiency = rival};
        const auto growth = demand_growth(p, forces, h);
        const auto linked = released * f.promised(at);
        f.promised[at] -= linked;
        const auto stays = demand - customers_lost(f.backlog(at), demand, cancelled);
        f.demand[at] = sim::clamp(stays * sim::exp(sim::min(growth + linked, sim::Pack(limits::step_growth))),
                                  f.alive(at) * limits::least_demand, sim::Pack(limits::most_demand));
    });
}

}  // namespace growth
