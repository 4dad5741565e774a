#include "models/growth/policy/founding.hpp"

#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/selection.hpp"
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

// Of each lever's budget, what its components spend on firms and sites.
std::vector<double> shares_spent(const Config& c) {
    std::vector<double> spent(c.levers.size(), 0.0);
    for_each_share(*c.components, [&](const auto& row, Dose dose, double share) {
        if (dose == Dose::budget) spent[row.lever_index] += share;
    });
    return spent;
}

std::vector<LeverState> found_levers(const Config& c, const State& s) {
    std::vector<LeverState> levers(c.levers.size());
    const auto spent = shares_spent(c);
    for (std::size_t k = 0; k < levers.size(); ++k) {
        levers[k].reached = eligible_cells(c, s.cells, c.levers[k].eligible);
        for (std::size_t i = 0; i < s.cells.size(); ++i)
            if (levers[k].reached[i]) levers[k].exposure += s.policy.weight[i];
        levers[k].services_share = sim::max(1 - spent[k], 0.0);
        levers[k].in_place.resize(c.places.size());
    }
    return levers;
}

}  // namespace

void found_policy(const Config& c, State& s) {
    auto& p = s.policy;
    p = PolicyState{};
    p.weight = weights_of(s);
    p.levers = found_levers(c, s);
    Components::visit(*c.components, [&]<class Row>(auto, auto, const sim::Rows<Row>& rows) {
        for (const Row& row : rows) p.components->of<Row>().push_back(found(c, s, row));
    });
    p.land.resize(c.places.size() * c.levers.size());
    p.all_land.resize(c.places.size());
    p.land_taken.assign(c.places.size() * c.levers.size(), 0.0);
    p.purse_funds.assign(c.purses.size(), 0.0);
    p.effects.resize(s.cells.size());
    p.values.assign(s.cells.size(), 0.0);
    for (const Cell& cell : s.cells) p.delivery.push_back(c.places[cell.place].governance);
    p.attention.assign(c.industries.size(), 1.0);
    p.displaced.assign(c.industries.size(), 0.0);
}

}  // namespace growth
