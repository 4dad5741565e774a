// Where levers write what they spent and who received it.
#pragma once

#include <cstddef>

#include "models/growth/state.hpp"

namespace growth {

// Where a lever writes what a firm received.
inline LedgerRow& ledger_row(State& s, std::size_t lever, sim::Index firm) {
    return s.policy.levers[lever].ledger[static_cast<std::size_t>(s.firms.tier(firm))];
}
// A cost that no budget bounds.
inline void pay_beyond_budget(State& s, std::size_t lever, double cost) {
    s.policy.levers[lever].account.beyond += cost;
    s.policy.levers[lever].ledger[public_at_large].money += cost;
    s.policy.levers[lever].ledger[public_at_large].services += cost;
}

// Adds up what firms received in cash over the step, of all levers.
void count_receipts(State&);

}  // namespace growth
