// One step of the economy.
#pragma once

#include "sim/random/draws.hpp"

namespace growth {

struct Config;
struct State;

void step(const Config&, sim::Draws, int step, State&);

}  // namespace growth
