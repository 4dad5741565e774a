// Going public: profitable firms of some size raise equity on an exchange, in the years in which exchanges are open.
#pragma once

#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E42) equity raised by a listing: min(r S, E_max)        [model A 3.5]
inline double listing_proceeds(double sales, double ratio, double cap) {
    return sim::min(ratio * sales, cap);
}

// (E98) R&D paid from what a listing raises: q E, of a firm that does R&D, spent as R&D grants are
//       [stock issues pay for R&D of young firms: Brown, Fazzari, Petersen 2009]
inline double research_from_equity(double equity, double intensity, double share) {
    return intensity > 0 ? share * equity : 0.0;
}

struct Config;
struct State;
void go_public(const Config&, sim::Draws, int step, State&);

}  // namespace growth
