#include "models/growth/govern.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "sim/math/sum.hpp"

namespace growth {

void govern(const Config& c, sim::Draws draws, int step, State& s) {
    s.policy.received_by_firms = 0;
    std::fill(s.policy.ledger.begin(), s.policy.ledger.end(), LedgerRow{});
    if (s.clock.in_burn_in(step)) return;
    Levers::visit(c.levers, [&](const auto& lever) { run(lever, c, draws, step, s); });

    sim::LaneSum received;
    for (const Cell& cell : s.cells)
        sim::for_each_lanes(cell.rows,
                            [&](sim::Lanes at) { received.add(at, s.firms.grants(at) + s.firms.equity(at)); });
    s.policy.received_by_firms = received.total();
}

}  // namespace growth
