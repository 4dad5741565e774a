#include "models/growth/selection.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

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

Ranking select_firms(const Config& c, sim::Draws draws, sim::Purpose purpose, int step, State& s,
                     const std::vector<char>& reached, const Eligibility& eligible) {
    const auto p = c.parameters.selection;
    const auto stream = draws.at(purpose, static_cast<sim::Step>(step));
    const double least = sim::max(eligible.min_sales, 1e-6), most = eligible.max_sales;
    const auto& f = s.firms;
    const auto right_tier = [&](sim::Lanes at) {
        sim::Mask right(eligible.tiers.empty());
        for (const Tier tier : eligible.tiers) right = right || f.tier(at) == static_cast<double>(tier);
        return right;
    };
    return rank_firms(
        s, [&](std::size_t cell) { return reached[cell] != 0; },
        [&](const Cell&, sim::Lanes at) {
            const auto sales = f.sales(at);  // none where nobody lives
            return sales >= least && sales <= most && right_tier(at);
        },
        [&](const Cell& cell, sim::Lanes at) {
            return selection_score(f.efficiency(at) - s.industries[cell.industry].mean_efficiency,
                                   sim::log(f.sales(at)), f.connection(at), sim::gumbel(stream.uniforms(f.id(at))[0]),
                                   p.merit, p.size, p.connection);
        });
}

}  // namespace growth
