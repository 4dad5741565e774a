// Intervals against published values.
#include "sim/statistics/intervals.hpp"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

namespace {

using namespace sim;

// R. Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
TEST(WilsonInterval, AsPublished) {
    const auto check = [](std::size_t met, std::size_t n, double low, double high) {
        const auto interval = wilson_interval(met, n, 0.95);
        EXPECT_NEAR(interval.low, low, 5e-5);
        EXPECT_NEAR(interval.high, high, 5e-5);
    };
    check(81, 263, 0.2553, 0.3662);
    check(15, 148, 0.0624, 0.1605);
    check(0, 20, 0.0, 0.1611);
    check(1, 29, 0.0061, 0.1718);
}

TEST(WilsonInterval, IsSymmetricAndHoldsItsShare) {
    for (const std::size_t met : {0, 3, 50, 100}) {
        const auto share = wilson_interval(met, 100, 0.9), rest = wilson_interval(100 - met, 100, 0.9);
        EXPECT_NEAR(share.low, 1 - rest.high, 1e-15);
        EXPECT_LE(share.low, static_cast<double>(met) / 100);
        EXPECT_GE(share.high, static_cast<double>(met) / 100);
    }
    EXPECT_EQ(wilson_interval(0, 0, 0.95).half_width(), 0.5);
    EXPECT_THROW((void)wilson_interval(2, 1, 0.95), std::invalid_argument);
    EXPECT_THROW((void)wilson_interval(1, 2, 1), std::invalid_argument);
}

// Student's t of 9 degrees of freedom is 2.26216 at 97.5 %, of 1 degree 12.7062.
TEST(TInterval, KnownQuantiles) {
    const auto ten = t_interval(3, 2, 10, 0.95);
    EXPECT_NEAR(ten.half_width(), 2.262157 * 2 / std::sqrt(10), 1e-6);
    EXPECT_NEAR(ten.low + ten.high, 6, 1e-14);
    EXPECT_NEAR(t_interval(0, 1, 2, 0.95).half_width(), 12.706205 / std::sqrt(2), 1e-5);
    EXPECT_TRUE(std::isnan(t_interval(1, 1, 1, 0.95).low));
    EXPECT_THROW((void)t_interval(1, 1, 3, 0), std::invalid_argument);
}

TEST(Probability, ExactBoundsWhereNoneOrAllMet) {
    EXPECT_NEAR(probability_of(25, 100).standard_error, std::sqrt(0.25 * 0.75 / 100), 1e-15);
    EXPECT_FALSE(probability_of(25, 100).bound);
    EXPECT_NEAR(std::pow(1 - *probability_of(0, 40).bound, 40), 0.05, 1e-12);
    EXPECT_NEAR(std::pow(*probability_of(40, 40).bound, 40), 0.05, 1e-12);
    EXPECT_TRUE(std::isnan(probability_of(0, 0).share));
}

}  // namespace
