// Government: what it gives, what follows of it in every cell, who receives what. Every lever writes its ledger.
#pragma once

#include "sim/random/draws.hpp"

namespace growth {

struct Config;
struct State;

void govern(const Config&, sim::Draws, int step, State&);

}  // namespace growth
