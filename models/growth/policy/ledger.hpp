// Where levers write what they spent and who received it.
#pragma once

#include <cstddef>

#include "models/growth/state.hpp"

namespace growth {

// Where a lever writes what a firm received.
inline LedgerRow& ledger_row(State& s, std::size_t lever, sim::Index firm) {
    return s.policy.levers[lever].ledger[static_cast<std::size_t>(s.firms.tier(firm))];
}
// Where a lever paid what it wrote as money; `beyond` of it no budget bounds.
inline void pay_in_place(State& s, std::size_t lever, std::size_t place, double money, double beyond = 0) {
    auto& there = s.policy.levers[lever].in_place[place];
    there.money += money;
    there.beyond += beyond;
}
// A cost that no budget bounds; its place is no_row where it has none.
inline void pay_beyond_budget(State& s, std::size_t lever, std::size_t place, double cost) {
    s.policy.levers[lever].account.beyond += cost;
    s.policy.levers[lever].ledger[public_at_large].money += cost;
    s.policy.levers[lever].ledger[public_at_large].services += cost;
    if (place == no_row)
        s.policy.levers[lever].in_no_place += cost;
    else
        pay_in_place(s, lever, place, cost, cost);
}

// Adds up what firms received in cash over the step, of all levers.
void count_receipts(State&);

}  // namespace growth
