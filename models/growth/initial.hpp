// The population at the start: drawn, lived in through a burn-in, then brought to the figures of the year before.
#pragma once

#include "models/growth/state.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct Config;

// The state at the first simulated step.
State initial(const Config&, sim::Draws, sim::Stop stop = {});

// Firms as they were before the burn-in.
State draw_population(const Config&, sim::Draws, sim::Stop stop = {});

// Scales each industry's firms so that above-scale firms, named firms and sales of the last year of the burn-in match
// the data, and the year's investment in the same way. Ratios within a firm stay as they were.
void align_with_data(const Config&, State&);

}  // namespace growth
