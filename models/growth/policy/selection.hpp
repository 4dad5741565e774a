// Who is chosen for support: merit, size and connection count, and chance (form F5). One rule for every lever.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/growth/policy/component.hpp"
#include "models/growth/ranking.hpp"
#include "models/growth/standing.hpp"
#include "models/growth/state.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/population/column.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E37) score of a candidate: t_m a + t_s ln S + t_c c + g, g ~ Gumbel: the k best scores are a draw without
// replacement
//       in which odds are proportional to e^(...)        [form F5]
template <class T>
T selection_score(const SelectionWeightsInForce& weights, T merit, T log_sales, T connection, T gumbel) {
    return weights.merit * merit + weights.size * log_sales + weights.connection * connection + gumbel;
}

struct Config;

// Firms that are passed over.
struct Excluded {
    bool backed = false;        // with venture capital already
    std::uint32_t treated = 0;  // that had one of these treatments
};

// For each cell, whether a lever reaches it.
std::vector<char> eligible_cells(const Config&, const std::vector<Cell>&, const Eligibility&);
// The tiers that a component of a lever reaches.
std::array<bool, tiers> tiers_reached(const Lever&, const Component&);
// Whether firms may receive: their tier is among those reached, their sales within the lever's bounds.
inline sim::Mask may_receive(const Eligibility& eligible, const std::array<bool, tiers>& reached, sim::Pack tier,
                             sim::Pack sales) {
    sim::Mask right(false);
    for (std::size_t k = 0; k < tiers; ++k)
        if (reached[k]) right = right || tier == static_cast<double>(k);
    // nobody lives where nothing is sold
    return right && sales >= sim::max(eligible.min_sales, 1e-6) && sales <= eligible.max_sales;
}

// Which firms a component may reach by lot. It is drawn once and keyed by firm and component: a firm is in for life or
// never, and in every arm alike.
sim::Mask is_drawn(const FirmComponent&, sim::Draws, sim::WordPack id);

// Where a component shares its draws with another, a firm that the other chose in the same step is passed over:
// together they go down one ranking. False where it is passed over. A mechanism that chooses forgets the step before
// first.
bool choose(State&, const FirmComponent&, sim::Index firm);

// Firms by their scores for support, of those whom a component of a lever may reach: the best so many, where there are.
Ranking select_firms(const Config&, sim::Draws, int step, State&, const FirmComponent&, std::size_t most,
                     Excluded = {});

}  // namespace growth
