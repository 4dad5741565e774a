#include "models/growth/selection.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

std::vector<char> eligible_cells(const Config& c, const std::vector<Cell>& cells, const Eligibility& eligible) {
    const auto among = [](const std::vector<std::string>& keys, const std::string& key) {
        return keys.empty() || std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    std::vector<char> reached(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Cell& cell = cells[i];
        const bool in_cluster = cell.cluster < c.clusters.size()
                                    ? among(eligible.clusters, c.clusters[cell.cluster].key)
                                    : eligible.clusters.empty();
        reached[i] = in_cluster && among(eligible.industries, c.industries[cell.industry].key) &&
                     among(eligible.places, c.places[cell.place].key);
    }
    return reached;
}

namespace {

struct Weights {
    double merit, size, connection;
};

// A lever's own weights where it has some, else the common ones, which governance moves.
Weights weights_of(const Config& c, const State& s, const Lever& lever) {
    const auto& common = c.parameters.selection;
    const auto& own = lever.selection;
    const auto& effects = s.policy.effects;
    return {own.merit.value_or(common.merit + effects.city(Channel::merit)), own.size.value_or(common.size),
            own.connection.value_or(common.connection * effects.city(Channel::connection))};
}

}  // namespace

std::array<bool, tiers> tiers_reached(const Lever& lever, const Component& component) {
    std::array<bool, tiers> reached{};
    const auto among = [](const std::vector<Tier>& list, Tier tier) {
        return list.empty() || std::ranges::find(list, tier) != list.end();
    };
    for (std::size_t k = 0; k < tiers; ++k) {
        const auto tier = static_cast<Tier>(k);
        reached[k] = among(lever.eligible.tiers, tier) && among(component.tiers, tier);
    }
    return reached;
}

sim::Mask may_receive(const Eligibility& eligible, const std::array<bool, tiers>& reached, sim::Pack tier,
                      sim::Pack sales) {
    sim::Mask right(false);
    for (std::size_t k = 0; k < tiers; ++k)
        if (reached[k]) right = right || tier == static_cast<double>(k);
    // nobody lives where nothing is sold
    return right && sales >= sim::max(eligible.min_sales, 1e-6) && sales <= eligible.max_sales;
}

Ranking select_firms(const Config& c, sim::Draws draws, int step, State& s, const Component& component) {
    const Lever& lever = c.levers[component.lever_index];
    const auto w = weights_of(c, s, lever);
    const auto stream = draws.at(streams::selection, static_cast<sim::Step>(step));
    const auto reached_tiers = tiers_reached(lever, component);
    const auto& reached = s.policy.levers[component.lever_index].reached;
    const auto& f = s.firms;
    return rank_firms(
        s, [&](std::size_t cell) { return reached[cell] != 0; },
        [&](const Cell&, sim::Lanes at) { return may_receive(lever.eligible, reached_tiers, f.tier(at), f.sales(at)); },
        [&](const Cell& cell, sim::Lanes at) {
            const double attention = sim::log(s.policy.attention[cell.industry]);
            const auto priority = s.policy.effects.of(Channel::priority, position_of(s, cell))(f.tier(at));
            return selection_score(f.efficiency(at) - s.industries[cell.industry].mean_efficiency,
                                   sim::log(f.sales(at)), f.connection(at),
                                   sim::gumbel(stream.uniforms(f.id(at), component.luck)[0]), w.merit, w.size,
                                   w.connection) +
                   priority + attention;
        });
}

}  // namespace growth
