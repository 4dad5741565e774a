#include "models/growth/listing.hpp"

#include "models/growth/config.hpp"
#include "models/growth/exit.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

void go_public(const Config& c, sim::Draws draws, int step, State& s) {
    const auto& p = c.parameters.listing;
    const auto& path = c.macro[c.macro.index_of(c.scenario.macro)];
    const double rate = p.rate * path.listing.at(s.clock.time(step)), h = s.clock.dt();
    const auto stream = draws.at(streams::listing, static_cast<sim::Step>(step));
    auto& f = s.firms;
    if (rate <= 0) return;
    for_each_block(s, [&](const Block& block) {
        const ByTier policy = s.policy.effects.of(Channel::listing, block.cell);
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            const auto qualifies = f.listed(at) == 0.0 && f.sales(at) >= p.min_sales && f.surplus(at) > f.interest(at);
            if (!sim::any_of(qualifies)) return;
            const auto chance = event_chance(rate * policy(f.tier(at)), h);
            for_each_named(qualifies && stream.uniforms(f.id(at))[0] < chance, at, [&](sim::Index row) {
                const double proceeds = listing_proceeds(f.sales(row), p.proceeds_ratio, p.proceeds_cap);
                f.listed[row] = 1;
                f.equity[row] += proceeds;
                f.cash[row] += proceeds;
                f.research_fund[row] += research_from_equity(proceeds, f.intensity(row), p.research_share);
            });
        });
    });
}

}  // namespace growth
