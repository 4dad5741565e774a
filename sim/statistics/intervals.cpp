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

Interval wilson_interval(std::size_t met, std::size_t replicates, double level) {
    if (met > replicates) throw std::invalid_argument("intervals: more met than there are");
    const double z = quantile(complement(boost::math::normal(), tail(level)));
    if (replicates == 0) return {0, 1};
    const auto n = static_cast<double>(replicates);
    const double share = static_cast<double>(met) / n;
    const double scale = 1 + z * z / n;
    const double centre = (share + z * z / (2 * n)) / scale;
    const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale;
    // Rounding must not leave a share of 0 or 1 outside.
    return {met == 0 ? 0 : std::max(0.0, centre - half), met == replicates ? 1 : std::min(1.0, centre + half)};
}

Interval t_interval(double mean, double standard_deviation, std::size_t count, double level) {
    const double miss = tail(level);
    if (count < 2) return {nothing, nothing};
    const auto n = static_cast<double>(count);
    const double half = quantile(complement(boost::math::students_t(n - 1), miss)) * standard_deviation / std::sqrt(n);
    return {mean - half, mean + half};
}

Probability probability_of(std::size_t met, std::size_t replicates) {
    if (replicates == 0) return {nothing, nothing, std::nullopt};
    const auto n = static_cast<double>(replicates);
    const double share = static_cast<double>(met) / n;
    Probability probability{share, std::sqrt(share * (1 - share) / n), std::nullopt};
    const double unseen = 1 - std::pow(0.05, 1 / n);  // so often it may happen and still not be seen, 1 time in 20
    if (met == 0) probability.bound = unseen;
    if (met == replicates) probability.bound = 1 - unseen;
    return probability;
}

}  // namespace sim
