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

const std::vector<Candidate>& select_firms(const Config& c, sim::Draws draws, sim::Purpose purpose, int step, State& s,
                                           const std::vector<char>& reached, const Eligibility& eligible,
                                           std::size_t count) {
    const auto& p = c.parameters.selection;
    const auto stream = draws.at(purpose, static_cast<sim::Step>(step));
    const auto& f = s.firms;
    auto& found = s.candidates;
    found.clear();
    const auto right_tier = [&](double tier) {
        return eligible.tiers.empty() ||
               std::find(eligible.tiers.begin(), eligible.tiers.end(), static_cast<Tier>(tier)) != eligible.tiers.end();
    };
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        if (!reached[i]) continue;
        const Cell& cell = s.cells[i];
        const double mean = s.industries[cell.industry].mean_efficiency;
        for_each_living(s, cell, [&](sim::Index row) {
            const double sales = f.sales(row);
            if (sales < sim::max(eligible.min_sales, 1e-6) || sales > eligible.max_sales || !right_tier(f.tier(row)))
                return;
            const double chance = sim::gumbel(stream.uniforms(f.id(row))[0]);
            found.push_back({row, selection_score(f.efficiency(row) - mean, sim::log(sales), f.connection(row), chance,
                                                  p.merit, p.size, p.connection)});
        });
    }
    const auto better = [](const Candidate& a, const Candidate& b) {
        return a.score != b.score ? a.score > b.score : a.row < b.row;
    };
    const auto kept = std::min(count, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(), better);
    found.resize(kept);
    return found;
}

}  // namespace growth
