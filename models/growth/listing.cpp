#include "models/growth/listing.hpp"

#include "models/growth/config.hpp"
#include "models/growth/exit.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

void go_public(const Config& c, sim::Draws draws, int step, State& s) {
    const auto& p = c.parameters.listing;
    const auto& path = c.macro[c.macro.index_of(c.scenario.macro)];
    const double chance = event_chance(p.rate * path.listing.at(s.clock.time(step)), s.clock.dt());
    const auto stream = draws.at(streams::listing, static_cast<sim::Step>(step));
    auto& f = s.firms;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            const bool qualifies =
                f.listed(row) == 0 && f.sales(row) >= p.min_sales && f.surplus(row) > f.interest(row);
            if (!qualifies || stream.uniforms(f.id(row))[0] >= chance) return;
            const double proceeds = listing_proceeds(f.sales(row), p.proceeds_ratio, p.proceeds_cap);
            f.listed[row] = 1;
            f.equity[row] += proceeds;
            f.cash[row] += proceeds;
        });
}

}  // namespace growth
