#include "models/growth/land.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

namespace {

// Those of a place who ask, most urgent first.
Ranking queue_up(const Config& c, const sim::Stream& stream, std::size_t place, State& s) {
    const auto p = c.parameters.land;
    const auto& f = s.firms;
    return rank_firms(
        s, [&](std::size_t cell) { return s.cells[cell].place == place; },
        [&](const Cell&, sim::Lanes at) { return f.land_request(at) > 0.0; },
        [&](const Cell&, sim::Lanes at) {
            return queue_priority(f.order(at), p.size_priority, p.noise, sim::gumbel(stream.uniforms(f.id(at))[0]));
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
        auto queue = queue_up(c, stream, place, s);
        while (reserve > 0 && !queue.empty()) {
            const sim::Index i = queue.take();
            const double given = sim::min(f.land_request(i), reserve);
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
