// Special and guaranteed loans to selected firms: they raise the bound on debt, cost the public losses and interest,
// and raise the risk of default.
#pragma once

#include "sim/random/draws.hpp"

namespace growth {

// (E40) share of a guaranteed loan that is new credit: s / (1 + V / V_0)        [model A 6.9]
inline double incremental_credit(double share, double volume, double scale) {
    return share / (1 + volume / scale);
}

struct Config;
struct State;
void guarantee_loans(const Config&, sim::Draws, int step, State&);

}  // namespace growth
