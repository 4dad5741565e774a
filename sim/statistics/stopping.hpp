// When replicates have shown enough: rules that look at fixed numbers of replicates, so that they do not depend on the
// machine, and rarely, since each look is an occasion to stop by chance.
#pragma once

#include <algorithm>
#include <cstddef>

#include "sim/statistics/intervals.hpp"

namespace sim {

// The number of replicates at which a rule looks next: 100, and then numbers growing by a quarter.
[[nodiscard]] constexpr std::size_t look_after(std::size_t replicates) {
    std::size_t look = 100;
    while (look <= replicates) look += look / 4;
    return look;
}

// A probability is reported only by so many replicates (or clusters with some) that met and so many that did not.
// Without that a rare event is found rarer than it is, by up to a fifth, since a run that has not seen it by chance
// stops at once; and fewer of the intervals hold (measured in docs/precision.md).
inline constexpr std::size_t least_outcomes = 10;

[[nodiscard]] inline bool mean_is_precise(const Interval& interval, double half_width) {
    return interval.half_width() <= half_width;  // not where there is no interval
}
[[nodiscard]] inline bool probability_is_precise(const Interval& interval, double half_width, std::size_t met,
                                                 std::size_t missed) {
    return interval.half_width() <= half_width && std::min(met, missed) >= least_outcomes;
}

}  // namespace sim
