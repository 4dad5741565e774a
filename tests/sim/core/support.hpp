// What the tests of the numeric core share: bits, packs made of scalars, and the yardsticks of statistics.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>

#include "sim/math/pack.hpp"

namespace core_tests {

// With fixed seeds a test of chance passes always or never; the bounds are what one draw of the seed in a million would
// break if the generator were perfect.
inline constexpr double false_alarm_rate = 1e-6;
inline constexpr double normal_bound = 4.892;              // P(|z| > bound) = 1e-6
inline constexpr double kolmogorov_smirnov_bound = 2.694;  // P(sqrt(n) D > bound) = 1e-6

inline std::uint64_t bits(double x) {
    return std::bit_cast<std::uint64_t>(x);
}

// NaN has many patterns, and IEEE 754 leaves open which one an operation gives; the tests count them as one.
inline std::uint64_t canonical_bits(double x) {
    return std::isnan(x) ? 0x7ff8000000000000 : bits(x);
}

// One step of SplitMix64 a number, so that every bit of every number counts.
class Hash {
public:
    void add(double x) {
        value_ = (value_ ^ canonical_bits(x)) * 0xbf58476d1ce4e5b9;
        value_ ^= value_ >> 31;
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0x9e3779b97f4a7c15;
};

inline sim::Pack pack_of(auto&& of_lane) {
    return sim::Pack([&](auto lane) { return static_cast<double>(of_lane(static_cast<std::size_t>(lane))); });
}
inline sim::WordPack words_from(std::uint64_t first) {
    return sim::WordPack([&](auto lane) { return first + static_cast<std::uint64_t>(lane); });
}

inline double mean(const std::vector<double>& x) {
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

// The mean of (x - centre)^power.
inline double moment(const std::vector<double>& x, double centre, int power) {
    double sum = 0;
    for (const double value : x) sum += std::pow(value - centre, power);
    return sum / static_cast<double>(x.size());
}

inline double correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const double mean_x = mean(x), mean_y = mean(y);
    double xy = 0, xx = 0, yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mean_x) * (y[i] - mean_y);
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
    }
    return xy / std::sqrt(xx * yy);
}

// sqrt(n) times the greatest distance between the sample's distribution function and the given one.
inline double kolmogorov_smirnov(std::vector<double> sample, auto&& distribution) {
    std::sort(sample.begin(), sample.end());
    const auto n = static_cast<double>(sample.size());
    double greatest = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double p = distribution(sample[i]);
        greatest = std::max({greatest, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
    }
    return std::sqrt(n) * greatest;
}

inline double chi_square(const std::vector<double>& observed, const std::vector<double>& expected) {
    double sum = 0;
    for (std::size_t i = 0; i < observed.size(); ++i)
        sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
    return sum;
}

inline double chi_square_bound(std::size_t degrees_of_freedom) {
    return quantile(complement(boost::math::chi_squared(static_cast<double>(degrees_of_freedom)), false_alarm_rate));
}

// How far y is from the exact value, in units of the last place of a double there.
inline double ulps(double y, long double exact) {
    const double lowest = std::ldexp(1.0, -1074);
    const double unit = std::max(std::ldexp(1.0, std::ilogb(static_cast<double>(exact)) - 52), lowest);
    return static_cast<double>(std::fabs(static_cast<long double>(y) - exact) / static_cast<long double>(unit));
}

}  // namespace core_tests
