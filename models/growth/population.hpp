// How the firms of the year before the start are drawn: sizes, ages, technique and balance sheets.
#pragma once

#include "models/growth/parameters/population.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

// Firms above scale are drawn a little above the threshold.
inline double least_size(const PopulationParameters& p) {
    return 1.05 * p.base_threshold;
}
// So they have room for their sizes.
inline double least_size_cap(const PopulationParameters& p) {
    return 2 * least_size(p);
}

// (E36) a size from the Pareto tail above x_min: x_min u^(-1/t), u in (0, 1)        [Axtell 2001]
inline double pareto_size(double minimum, double exponent, double uniform) {
    return minimum * sim::exp(-sim::log(uniform) / exponent);
}

}  // namespace growth
