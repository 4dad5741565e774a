// People: the city's R&D staff, whose pay rises when R&D outgrows them, and teams that gather around talents.
#pragma once

#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E35) cost of R&D against the start: (H_demand / H)^s, not below 1        [Goolsbee 1998; model B.10]
inline double research_cost(double staff_demand, double staff, double scarcity) {
    return sim::pow(sim::max(staff_demand / staff, 1.0), scarcity);
}

struct Config;
struct State;
// R&D spending per member of staff now: it rises with wages.
double staff_cost(const Config&, const State&);
void hire_researchers(const Config&, int step, State&);
void welcome_talents(const Config&, sim::Draws, int step, State&);

}  // namespace growth
