#include "models/growth/land.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/investment.hpp"
#include "models/growth/policy/costs.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/policy/ledger.hpp"
#include "models/growth/ranking.hpp"
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
        [&](const Cell& cell, sim::Lanes at) {
            const ByTier priority = s.policy.effects.of(Channel::priority, position_of(s, cell));
            return queue_priority(f.order(at), p.size_priority, p.noise, sim::gumbel(stream.uniforms(f.id(at))[0])) +
                   priority(f.tier(at));
        });
}

}  // namespace

double land_intensity(const Config& c, const State& s, const Cell& cell) {
    return c.industries[cell.industry].land_intensity * s.city.land_density *
           s.policy.effects.of(Channel::land_intensity, position_of(s, cell)).everyone();
}

namespace {

// New land of a place a year, what of it the levers bring, and of that what they take from the rest of industry.
struct Supply {
    double normal = 0, brought = 0, diverted = 0;
};

Supply supply_of(const Config& c, const State& s, std::size_t place) {
    const double all = c.places[place].land_supply, normal = c.parameters.land.normal_share;
    const auto [share, served] = s.policy.all_land[place];
    const double diverted = sim::max(sim::min(share, 1 - normal), 0.0) * all;
    return {normal * all, sim::max(diverted + served, -normal * all),
            diverted};  // what levers take away is at most what there is
}

}  // namespace

void give_land(const Config& c, State& s, std::size_t place, double land) {
    s.land_reserve[place] -= land;
    auto& state = s.places[place];
    const double given_anyway = sim::min(land, state.reserve_without_levers);
    state.reserve_without_levers -= given_anyway;
    const auto [normal, brought, diverted] = supply_of(c, s, place);
    if (brought <= 0) return;
    const double taken = (land - given_anyway) * sim::min(diverted / brought, 1.0);
    state.land_taken += taken;
    book_land_taken(c, s, place, taken);
    const auto* claims = &s.policy.land[place * c.levers.size()];
    const double all = c.places[place].land_supply;
    // Levers that take land from a place bring none of it.
    const auto claim_of = [&](std::size_t k) { return sim::max(claims[k].share * all + claims[k].supply, 0.0); };
    double claimed = 0;
    for (std::size_t k = 0; k < c.levers.size(); ++k) claimed += claim_of(k);
    for (std::size_t k = 0; k < c.levers.size(); ++k) {
        if (claim_of(k) <= 0) continue;
        const double part = claim_of(k) / claimed;
        const double own = land * part * brought / (normal + brought);
        s.policy.levers[k].ledger[public_at_large].land += own;
        pay_beyond_budget(s, k, place, own * c.parameters.land.development_cost);
    }
}

void allocate_land(const Config& c, sim::Draws draws, int step, State& s) {
    const auto& p = c.parameters.land;
    const auto stream = draws.at(streams::land_queue, static_cast<sim::Step>(step));
    const double h = s.clock.dt();
    auto& f = s.firms;

    for (const Block& block : s.blocks) {
        s.land_reserve[s.cells[block.cell].place] += block.sum;
        s.places[s.cells[block.cell].place].reserve_without_levers += block.sum;
    }
    for (std::size_t place = 0; place < c.places.size(); ++place) {
        if (!c.places[place].present) continue;
        auto& reserve = s.land_reserve[place];
        const auto [normal, brought, _] = supply_of(c, s, place);
        const double supply = normal + brought;
        auto& unlevered = s.places[place].reserve_without_levers;
        unlevered = sim::max(unlevered, sim::min(unlevered + normal * h, normal * (p.reserve_years + h)));
        // new supply fills the reserve up to its bound; what firms gave back stays above it
        reserve = sim::max(reserve, sim::min(reserve + supply * h, supply * (p.reserve_years + h)));
        const double kept = p.entrant_years * supply;
        auto queue = queue_up(c, stream, place, s);
        while (reserve > kept && !queue.empty()) {
            const sim::Index i = queue.take();
            const double given = sim::min(f.land_request(i), reserve - kept);
            const double fits = f.order(i) * (given / f.land_request(i));
            give_land(c, s, place, given);
            f.land[i] += given;
            f.land_cost[i] += given * c.places[place].land_price;
            f.progress[i] = joined_progress(f.progress(i), f.under_way(i), fits);
            f.under_way[i] += fits;
            f.order[i] -= fits;
            f.land_request[i] -= given;
        }
    }
}

}  // namespace growth
