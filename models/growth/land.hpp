// Land as a bound on capital, and the queue for it: each place's bureau serves requests in order of priority.
#pragma once

#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E27) land an expansion needs: max(0, (K + W + I) / k - M)        [model B.4]        k: capital a unit of land carries
template <class T>
T land_needed(T capital, T under_way, T order, T land, double land_intensity) {
    return sim::max((capital + under_way + order) / land_intensity - land, T(0));
}

// (E28) part of an expansion that fits on the land at hand: min(I, max(0, k M - K - W))        [model B.4]
template <class T>
T order_within_land(T capital, T under_way, T order, T land, double land_intensity) {
    return sim::min(order, sim::max(land_intensity * land - capital - under_way, T(0)));
}

// (E77) land that a firm has no use for: max(0, M - (K + W + I) / k)        [resale of idle land]        k: capital a unit of land carries
//       with the free room that firms keep
template <class T>
T land_idle(T planned, T land, double land_intensity) {
    return sim::max(land - planned / land_intensity, T(0));
}

// (E78) share of the expansions that wait for land which is built on the land at hand, in more storeys, within h years:
//       1 - e^(-h / T)        [technical renovation without new land, Zhejiang]
inline double share_built_denser(double dense_years, double h) {
    return 1 - sim::exp(-h / dense_years);
}

// (E29) priority in the queue: p = w ln I + n g        [model B.11]        I: size of the project, g ~ Gumbel
template <class T>
T queue_priority(T order, double size_priority, double noise, T gumbel) {
    return size_priority * sim::log(order) + noise * gumbel;
}

struct Config;
struct State;
struct Cell;
// Capital that a unit of a cell's land carries now.
double land_intensity(const Config&, const State&, const Cell&);
// Takes land out of a place's reserve and books what levers brought of it.
void give_land(const Config&, State&, std::size_t place, double land);
void allocate_land(const Config&, sim::Draws, int step, State&);

}  // namespace growth
