// The standard normal distribution function, of our own: the same bits on every machine.
#pragma once

#include "sim/math/elementary.hpp"

namespace sim {

// The share of standard normal numbers below z. Rational approximation of Hart (1968, no. 5666), as given by West
// (2005, "Better approximations to cumulative normal functions"). Absolute error below 1e-14, relative error in the
// tail below 1e-8; exactly 1/2 at 0.
[[nodiscard]] inline double normal_share_below(double z) {
    const double x = z < 0 ? -z : z;
    const double density = sim::exp(-0.5 * x * x);
    double tail = 0;
    if (x < 7.07106781186547) {
        using elementary::horner;
        const double above = horner(x, 220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383,
                                    6.37396220353165, 0.700383064443688, 3.52624965998911e-02);
        const double below = horner(x, 440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674,
                                    86.7807322029461, 16.064177579207, 1.75566716318264, 8.83883476483184e-02);
        tail = density * (above / below);
    } else {  // a continued fraction
        tail = density / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631;
    }
    return z > 0 ? 1 - tail : tail;
}

}  // namespace sim
