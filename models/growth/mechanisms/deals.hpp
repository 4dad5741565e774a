// Equity of public and private investors in selected firms. The best of them decline more often.
#pragma once

#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E53) chance that a firm accepts public equity: e^(-s max(0, m))        m: merit in standard deviations of efficiency
inline double consent_chance(double merit, double adverse_selection) {
    return sim::exp(-adverse_selection * sim::max(merit, 0.0));
}

struct Config;
struct State;
void make_deals(const Config&, sim::Draws, int step, State&);

}  // namespace growth
