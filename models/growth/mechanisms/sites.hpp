// Sites that a lever builds in clusters out of its budget, one after the other, and then has to run.
#pragma once

#include "sim/math/elementary.hpp"

namespace growth {

// (E55) share of the sites that work: what there is for running them over what running them costs, at most 1
inline double running_share(double fund, double cost) {
    return cost > 0 ? sim::min(fund / cost, 1.0) : 1.0;
}

struct Config;
struct State;
void build_sites(const Config&, int step, State&);

}  // namespace growth
