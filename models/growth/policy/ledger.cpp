#include "models/growth/policy/ledger.hpp"

#include "models/growth/loops.hpp"

namespace growth {

void count_receipts(State& s) {
    s.policy.received_by_firms =
        sum_over_rows(s, [&f = s.firms](sim::Lanes at) { return f.grants(at) + f.equity(at); });
}

}  // namespace growth
