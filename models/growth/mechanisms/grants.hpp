// Money to selected firms, part of which is misused and part of which pays for what would have been done anyway.
#pragma once

#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E39) R&D, or equipment, added by a grant: a (1 - m) G, a by size of firm        [form F4]
inline double spending_added(double grant, double misuse, double additionality) {
    return additionality * (1 - misuse) * grant;
}

struct Config;
struct State;
void give_grants(const Config&, sim::Draws, int step, State&);

}  // namespace growth
