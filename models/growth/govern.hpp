// Government: what it gives, what follows of it in every cell, who receives what. Every lever writes its ledger.
#pragma once

#include "sim/random/draws.hpp"

namespace growth {

struct Config;
struct State;

// A policy that has done nothing yet: rows for every lever and component, neutral effects, whom each lever reaches.
// Called before the burn-in, and again when the base year is known or another arm takes a state over.
void found_policy(const Config&, State&);

void govern(const Config&, sim::Draws, int step, State&);

}  // namespace growth
