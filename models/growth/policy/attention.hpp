// The government looks at what was reported, once a year, and moves its effort toward the industries that lag.
#pragma once

#include "sim/math/elementary.hpp"

namespace growth {

// (E49) weight of an industry's effort, before it is brought to a mean of 1: e^(k g), between 1/2 and 2
//       g = ln(path / reported output), the path to the target being geometric        [plan 四(八), model A 8.6]
inline double attention_weight(double lag, double response) {
    return sim::clamp(sim::exp(response * lag), 0.5, 2.0);
}

struct Config;
struct State;
void assess(const Config&, int step, State&);

}  // namespace growth
