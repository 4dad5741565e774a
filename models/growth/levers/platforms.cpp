#include "models/growth/levers/platforms.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

bool reaches(const State& s, const std::vector<char>& cells, std::size_t cluster) {
    for (std::size_t i = 0; i < s.cells.size(); ++i)
        if (s.cells[i].cluster == cluster && cells[i]) return true;
    return false;
}

// The largest cluster that has none and builds none; the number of clusters where every one has.
std::size_t next_site(const State& s, const std::vector<char>& cells) {
    std::size_t site = s.clusters.size();
    double largest = -1;
    for (std::size_t k = 0; k < s.clusters.size(); ++k) {
        if (s.clusters[k].platforms > 0 || s.clusters[k].platform_opens > 0 || !reaches(s, cells, k)) continue;
        if (s.baseline.cluster_output[k] > largest) largest = s.baseline.cluster_output[k], site = k;
    }
    return site;
}

}  // namespace

void run(const Platforms& lever, const Config&, sim::Draws, int step, State& s) {
    const double time = s.clock.time(step), h = s.clock.dt();
    const auto self = lever_index<Platforms>();
    auto& fund = s.policy.platform_fund;
    auto& row = s.policy.ledger[self];
    fund += lever.realised * lever.budget.at(time) * h;
    for (auto& cluster : s.clusters) {
        if (cluster.platform_opens > 0 && time >= cluster.platform_opens - 1e-9) {
            cluster.platforms = 1;
            cluster.platform_opens = 0;
        }
        if (cluster.platforms == 0) continue;
        const double running = sim::min(lever.running_cost * h, fund);
        fund -= running;
        row.money += running;
    }
    while (fund >= lever.cost) {
        const std::size_t site = next_site(s, s.policy.eligible_cells[self]);
        if (site == s.clusters.size()) break;
        s.clusters[site].platform_opens = time + lever.build_years;
        fund -= lever.cost;
        row.money += lever.cost;
    }
}

}  // namespace growth
