#include "sim/statistics/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace sim {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// The probability that each side misses.
double tail(double level) {
    if (!(level > 0 && level < 1)) throw std::invalid_argument("intervals: a level lies between 0 and 1");
    return (1 - level) / 2;
}

}  // namespace

double normal_quantile(double level) {
    return quantile(complement(boost::math::normal(), tail(level)));
}

double t_quantile(double degrees, double level) {
    return quantile(complement(boost::math::students_t(degrees), tail(level)));
}

Interval wilson_interval(std::size_t met, std::size_t replicates, double level) {
    if (met > replicates) throw std::invalid_argument("intervals: more met than there are");
    if (replicates == 0) {
        static_cast<void>(tail(level));
        return {0, 1};
    }
    const auto n = static_cast<double>(replicates);
    return wilson_interval_of_share(static_cast<double>(met) / n, n, level);
}

Interval wilson_interval_of_share(double share, double n, double level) {
    if (!(share >= 0 && share <= 1 && n > 0)) throw std::invalid_argument("intervals: no share of any replicates");
    const double z = normal_quantile(level);
    const double scale = 1 + z * z / n;
    const double centre = (share + z * z / (2 * n)) / scale;
    const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale;
    // Rounding must not leave a share of 0 or 1 outside.
    return {share == 0 ? 0 : std::max(0.0, centre - half), share == 1 ? 1 : std::min(1.0, centre + half)};
}

Interval t_interval(double mean, double standard_deviation, std::size_t count, double level) {
    static_cast<void>(tail(level));
    if (count < 2) return {nothing, nothing};
    const auto n = static_cast<double>(count);
    const double half = t_quantile(n - 1, level) * standard_deviation / std::sqrt(n);
    return {mean - half, mean + half};
}

Probability probability_of(std::size_t met, std::size_t replicates) {
    if (replicates == 0) return {nothing, nothing, std::nullopt, {nothing, nothing}};
    const auto n = static_cast<double>(replicates);
    const double share = static_cast<double>(met) / n;
    Probability probability{share, std::sqrt(share * (1 - share) / n), std::nullopt,
                            wilson_interval(met, replicates, 0.95)};
    const double unseen = 1 - std::pow(0.05, 1 / n);  // so often it may happen and still not be seen, 1 time in 20
    if (met == 0) probability.bound = unseen;
    if (met == replicates) probability.bound = 1 - unseen;
    return probability;
}

}  // namespace sim
