// Something done to selected firms one by one, to each firm once: training, pairing with an institute, a first order.
#pragma once

#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E54) firms that can be treated a year: the budget over the cost of one, or the number given, or effort times the
// most
inline double firms_a_year(double budget, double cost, double persons, double effort, double most) {
    return budget / cost + persons + effort * most;
}

struct Config;
struct State;
void treat_firms(const Config&, sim::Draws, int step, State&);

}  // namespace growth
