// What a firm is called: its tier, its high-tech status, its technology centre, its team. Reviewed at the end of a
// year.
#pragma once

#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// Levels of a technology centre.
inline constexpr double city_centre = 1, provincial_centre = 2, national_centre = 3;

struct Config;
struct State;
void review_standing(const Config&, sim::Draws, int step, State&);

}  // namespace growth
