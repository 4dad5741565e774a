#include "models/growth/land.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

namespace {

// Those of a place who ask, most urgent first.
void queue_up(const Config& c, const sim::Stream& stream, std::size_t place, State& s) {
    const auto& p = c.parameters.land;
    const auto& f = s.firms;
    s.candidates.clear();
    for (const Cell& cell : s.cells) {
        if (cell.place != place) continue;
        sim::for_each_row(cell.rows, [&](sim::Index i) {
            if (f.land_request(i) <= 0) return;
            const double chance = sim::gumbel(stream.uniforms(f.id(i))[0]);
            s.candidates.push_back({i, queue_priority(f.order(i), p.size_priority, p.noise, chance)});
        });
    }
    std::sort(s.candidates.begin(), s.candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.score != b.score ? a.score > b.score : a.row < b.row;
    });
}

}  // namespace

void give_land(const Config& c, State& s, std::size_t place, double mu) {
    s.policy.land_reserve[place] -= mu;
    const double normal = c.parameters.land.normal_share;
    const double share = sim::min(normal + s.policy.land_share[place], 1.0);
    const double by_policy = share > normal ? mu * (share - normal) / share : 0.0;
    auto& row = s.policy.ledger[lever_index<LandGuarantee>()];
    row.land += by_policy;
    row.money += by_policy * c.levers.land_guarantee.development_cost;
}

void allocate_land(const Config& c, sim::Draws draws, int step, State& s) {
    const auto& p = c.parameters.land;
    const auto stream = draws.at(streams::land_queue, static_cast<sim::Step>(step));
    const double h = s.clock.dt();
    auto& f = s.firms;

    for (std::size_t place = 0; place < c.places.size(); ++place) {
        auto& reserve = s.policy.land_reserve[place];
        const double share = sim::min(p.normal_share + s.policy.land_share[place], 1.0);
        const double supply = c.places[place].land_supply * share;
        reserve = sim::min(reserve + supply * h, supply * (p.reserve_years + h));
        queue_up(c, stream, place, s);
        for (const auto& [i, score] : s.candidates) {
            const double given = sim::min(f.land_request(i), reserve);
            if (given <= 0) break;
            const double fits = f.order(i) * (given / f.land_request(i));
            give_land(c, s, place, given);
            f.land[i] += given;
            f.land_cost[i] += given * c.places[place].land_price;
            f.under_way[i] += fits;
            f.order[i] -= fits;
            f.land_request[i] -= given;
        }
    }
}

}  // namespace growth
