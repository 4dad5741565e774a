#include "models/growth/govern.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/demand.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/mechanisms/attention.hpp"
#include "models/growth/mechanisms/credits.hpp"
#include "models/growth/mechanisms/deals.hpp"
#include "models/growth/mechanisms/doses.hpp"
#include "models/growth/mechanisms/grants.hpp"
#include "models/growth/mechanisms/responses.hpp"
#include "models/growth/mechanisms/sites.hpp"
#include "models/growth/mechanisms/subsidies.hpp"
#include "models/growth/mechanisms/treatments.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

// Shares of the city's base-year sales; none before they are known.
std::vector<double> weights_of(const State& s) {
    std::vector<double> weights(s.cells.size(), 0.0);
    double all = 0;
    for (const double sales : s.baseline.cell_sales) all += sales;
    if (all > 0)
        for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = s.baseline.cell_sales[i] / all;
    return weights;
}

// Of a lever's budget, what its components spend on firms and sites.
double share_spent(const Config& c, std::size_t lever) {
    double share = 0;
    const auto count = [&](const auto& rows, auto&& spends) {
        for (const auto& row : rows)
            if (row.on && row.lever_index == lever && spends(row)) share += row.share;
    };
    const auto always = [](const auto&) { return true; };
    count(c.components.grants, always);
    count(c.components.deals, always);
    count(c.components.sites, always);
    count(c.components.treatments, [](const Treatment& t) { return t.dose == Dose::budget; });
    return share;
}

std::vector<LeverState> found_levers(const Config& c, const State& s) {
    std::vector<LeverState> levers(c.levers.size());
    for (std::size_t k = 0; k < levers.size(); ++k) {
        levers[k].reached = eligible_cells(c, s.cells, c.levers[k].eligible);
        for (std::size_t i = 0; i < s.cells.size(); ++i)
            if (levers[k].reached[i]) levers[k].exposure += s.policy.weight[i];
        levers[k].services_share = sim::max(1 - share_spent(c, k), 0.0);
    }
    return levers;
}

std::vector<ResponseState> found_responses(const Config& c) {
    std::vector<ResponseState> responses;
    for (const auto& r : c.components.responses) {
        ResponseState state;
        state.tiers_reached.fill(true);
        if (facts_of(r.channel).grain == Grain::tier) state.tiers_reached = tiers_reached(c.levers[r.lever_index], r);
        state.followers.resize(r.dose == Dose::sites ? c.clusters.size() : 1);
        responses.push_back(std::move(state));
    }
    return responses;
}

// Orders of government are a level; what firms see is its change.
void order_goods(State& s) {
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        Cell& cell = s.cells[i];
        const double orders = s.policy.effects.of(Channel::procurement, i).everyone();
        cell.procured_change = cell.now.sales > 0 ? demand_of_orders(orders - cell.procured, cell.now.sales) : 0.0;
        cell.procured = orders;
    }
}

// Demand that treated firms win over time is partly their rivals'.
void take_from_rivals(const Config& c, State& s) {
    const double released = share_released(c.parameters.demand.link_years, s.clock.dt());
    for (std::size_t i = 0; i < s.industries.size(); ++i) {
        double output = 0;
        for (const Cell& cell : s.cells)
            if (cell.industry == i) output += cell.now.output;
        const double taken = released * s.policy.displaced[i];
        s.policy.displaced[i] -= taken;
        s.industries[i].lost_to_rivals = output > 0 ? limits::won(taken / output) : 0.0;
    }
}

}  // namespace

void found_policy(const Config& c, State& s) {
    auto& p = s.policy;
    p = PolicyState{};
    p.weight = weights_of(s);
    p.levers = found_levers(c, s);
    p.responses = found_responses(c);
    for (std::size_t k = 0; k < c.components.sites.size(); ++k) {
        SiteState site;
        site.working.assign(c.clusters.size(), 0.0);
        site.opens.assign(c.clusters.size(), 0.0);
        p.sites.push_back(std::move(site));
    }
    p.credits.resize(c.components.credits.size());
    p.deal_money.assign(c.components.deals.size(), 0.0);
    p.treatments_due.assign(c.components.treatments.size(), 0.0);
    for (const auto& u : c.components.subsidies)
        p.subsidies.push_back({tiers_reached(c.levers[u.lever_index], u), std::vector<Answer>(s.cells.size())});
    p.land.resize(c.places.size() * c.levers.size());
    p.all_land.resize(c.places.size());
    p.purse_funds.assign(c.purses.size(), 0.0);
    p.effects.resize(s.cells.size());
    p.values.assign(s.cells.size(), 0.0);
    for (const Cell& cell : s.cells) p.delivery.push_back(c.places[cell.place].governance);
    p.attention.assign(c.industries.size(), 1.0);
    p.displaced.assign(c.industries.size(), 0.0);
}

void govern(const Config& c, sim::Draws draws, int step, State& s) {
    if (s.clock.in_burn_in(step)) return;
    assess(c, step, s);
    if (s.clock.opens_year(step))
        for (auto& industry : s.industries) industry.year_output = 0;
    give_doses(c, step, s);
    build_sites(c, step, s);
    respond(c, step, s);
    order_goods(s);
    give_grants(c, draws, step, s);
    make_deals(c, draws, step, s);
    guarantee_loans(c, draws, step, s);
    refund_costs(c, step, s);
    treat_firms(c, draws, step, s);
    take_from_rivals(c, s);

    s.city.reporting_wedge +=
        (c.parameters.reporting.inflation + s.policy.effects.city(Channel::reporting)) * s.clock.dt();
    s.policy.received_by_firms =
        sum_over_rows(s, [&f = s.firms](sim::Lanes at) { return f.grants(at) + f.equity(at); });
}

}  // namespace growth
