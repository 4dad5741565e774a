#include "models/growth/policy/selection.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/policy/race.hpp"
#include "models/growth/ranking.hpp"
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

std::array<bool, tiers> tiers_reached(const Lever& lever, const Component& component) {
    std::array<bool, tiers> reached{};
    const auto among = [](const std::vector<Tier>& list, Tier tier) {
        return list.empty() || std::find(list.begin(), list.end(), tier) != list.end();
    };
    for (std::size_t k = 0; k < tiers; ++k) {
        const auto tier = static_cast<Tier>(k);
        reached[k] = among(lever.eligible.tiers, tier) && among(component.tiers, tier);
    }
    return reached;
}

namespace {

// A lever's own weights where it has some, else the common ones, which governance moves.
SelectionWeightsInForce weights_of(const Config& c, const State& s, const Lever& lever) {
    const auto& common = c.parameters.selection;
    const auto& own = lever.selection;
    const auto& effects = s.policy.effects;
    return {own.merit.value_or(common.merit + effects.city(Channel::merit)), own.size.value_or(common.size),
            own.connection.value_or(common.connection * effects.city(Channel::connection))};
}

// Every firm's odds of being chosen, the same for all levers that weigh alike: worked out once a step, as of its start.
void weigh_firms(const SelectionWeightsInForce& w, int step, State& s) {
    if (s.appeal_step == step && s.appeal_weights == w) return;
    s.appeal_step = step;
    s.appeal_weights = w;
    const auto& f = s.firms;
    for_each_block(s, [&](const Block& block) {
        const Cell& cell = s.cells[block.cell];
        const double mean = s.industries[cell.industry].mean_efficiency, attention = s.policy.attention[cell.industry];
        const ByTier priority = s.policy.effects.of(Channel::priority, block.cell);
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            const auto sales = sim::max(f.sales(at), sim::Pack(1e-6));
            const auto score =
                selection_score(w, f.efficiency(at) - mean, sim::log(sales), f.connection(at), sim::Pack(0.0));
            s.appeal[at] =
                sim::exp(sim::clamp(score + priority(f.tier(at)), -limits::score, limits::score)) * attention;
        });
    });
}

sim::Mask is_excluded(const Excluded& excluded, const Firms& f, sim::Lanes at) {
    const auto had = sim::to_number(sim::to_word(f.treated(at)) & std::uint64_t{excluded.treated});
    return had > 0.0 || (f.backed(at) > 0.0 && sim::Mask(excluded.backed));
}

}  // namespace

sim::Mask is_drawn(const FirmComponent& component, sim::Draws draws, sim::WordPack id) {
    if (component.lot >= 1) return sim::Mask(true);
    return draws.at(streams::lot, 0).uniforms(id, component.draw_key)[0] < component.lot;
}

bool choose(State& s, const FirmComponent& component, sim::Index firm) {
    if (!component.has_twins) return true;
    auto& chosen = s.policy.chosen;
    const auto is_it = [&](const Chosen& each) { return each.draw_key == component.draw_key && each.firm == firm; };
    if (std::any_of(chosen.begin(), chosen.end(), is_it)) return false;
    chosen.push_back({component.draw_key, firm});
    return true;
}

Ranking select_firms(const Config& c, sim::Draws draws, int step, State& s, const FirmComponent& component,
                     std::size_t most, Excluded excluded) {
    const Lever& lever = c.levers[component.lever_index];
    if (component.has_twins) most += s.policy.chosen.size();  // some of whom are passed over
    weigh_firms(weights_of(c, s, lever), step, s);
    const auto stream = draws.at(streams::selection, static_cast<sim::Step>(step));
    const auto right_tiers = tiers_reached(lever, component);
    const auto& reached = s.policy.levers[component.lever_index].reached;
    const auto& f = s.firms;
    return race(s, s.appeal, most, [&](const Block& block, Shortlist& shortlist) {
        if (!reached[block.cell]) return;
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            const auto right = may_receive(lever.eligible, right_tiers, f.tier(at), f.sales(at)) &&
                               is_drawn(component, draws, f.id(at));
            if (!sim::any_of(right)) return;
            const auto uniform = stream.uniforms(f.id(at), component.draw_key)[0];
            const auto hopeful = right && shortlist.may_enter(s.appeal(at), uniform);
            if (sim::any_of(hopeful)) shortlist.enter(hopeful && !is_excluded(excluded, f, at), at, uniform);
        });
    });
}

}  // namespace growth
