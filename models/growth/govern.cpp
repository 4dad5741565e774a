#include "models/growth/govern.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

void govern(const Config& c, sim::Draws draws, int step, State& s) {
    s.policy.received_by_firms = 0;
    std::fill(s.policy.ledger.begin(), s.policy.ledger.end(), LedgerRow{});
    if (s.clock.in_burn_in(step)) return;
    Levers::visit(c.levers, [&](const auto& lever) { run(lever, c, draws, step, s); });

    s.policy.received_by_firms =
        sum_over_rows(s, [&f = s.firms](sim::Lanes at) { return f.grants(at) + f.equity(at); });
}

}  // namespace growth
