// Other distributions as functions of one uniform, by inversion: monotone in u and in their parameters, so arms that
// share a uniform differ only as far as their parameters do.
#pragma once

#include "sim/math/elementary.hpp"

namespace sim {

// Mean 1.
template <Number N>
[[nodiscard]] inline N exponential_from(N u) {
    return -log(u);
}

// Standard Gumbel, P(g < x) = exp(-exp(-x)): the greatest of (utility + gumbel) chooses as a logit does.
template <Number N>
[[nodiscard]] inline N gumbel(N u) {
    return -log(-log(u));
}

// Count of independent events with the given mean: the smallest k with P(count <= k) >= u. Walks up from 0, so the cost
// is that of the largest count in the pack: meant for means up to some 20. Right up to a mean of 700, where exp(-mean)
// is still a normal number; NaN for a mean beyond that, below 0 or itself NaN. Takes u in [2^-33, 1 - 2^-33].
inline constexpr double greatest_poisson_mean = 700;

template <Number N>
[[nodiscard]] inline N poisson_from(N u, N mean) {
    // P(count > 1000) < 1e-26 at the greatest mean.
    constexpr int last = 1000;
    const auto valid = (mean >= 0.0) && (mean <= greatest_poisson_mean);
    const N rate = select(valid, mean, N(0.0));
    N probability = exp(-rate);
    N below = probability;
    N count(0.0);
    for (int k = 1; k <= last; ++k) {
        const auto above = u > below;
        if (!any_of(above)) break;
        count = select(above, N(k), count);
        probability = probability * (rate / N(k));
        below = below + probability;
    }
    return select(valid, count, N(not_a_number));
}

}  // namespace sim
