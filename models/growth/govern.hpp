// Government: the levers act in the order of the plan, each writing what it did into its row of the ledger.
#pragma once

#include "sim/random/draws.hpp"

namespace growth {

struct Config;
struct State;

void govern(const Config&, sim::Draws, int step, State&);

}  // namespace growth
