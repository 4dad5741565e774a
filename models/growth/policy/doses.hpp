// How much of every lever is really given: schedules, what is realised of them, and the purses that bind them together.
#pragma once

#include "sim/math/elementary.hpp"

namespace growth {

// (E44) share of what its levers ask for that a purse can pay: min(1, money / asked)        asked > 0
inline double purse_share(double money, double asked) {
    return sim::min(money / asked, 1.0);
}

struct Config;
struct State;
void give_doses(const Config&, int step, State&);

}  // namespace growth
