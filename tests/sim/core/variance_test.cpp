// Variance between and within groups, against published and worked examples and against samples of known components.
#include "sim/statistics/variance.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random/draws.hpp"

namespace {

using namespace sim;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

GroupedVariance grouped(const std::vector<std::vector<double>>& groups) {
    GroupedVariance variance(1);
    for (std::size_t i = 0; i < groups.size(); ++i)
        for (const double value : groups[i]) variance.add(i, std::array{value});
    return variance;
}

// P. Shrout and J. Fleiss, "Intraclass correlations: uses in assessing rater reliability", 1979, tables 2 to 4: six
// targets, each rated four times. MSB 11.24, MSW 6.26, ICC(1,1) .17 with the interval -.13 to .72.
TEST(GroupedVariance, AsPublished) {
    const auto ratings = grouped({{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}});
    const auto found = ratings.components(0, 0.95);
    EXPECT_EQ(ratings.groups(0), 6);
    EXPECT_NEAR(found.within, 112.75 / 18, 1e-12);
    EXPECT_NEAR(found.within + 4 * found.between, 56.2083333333333 / 5, 1e-12);
    EXPECT_NEAR(found.share, 0.17, 5e-3);
    EXPECT_NEAR(found.interval.low, -0.13, 5e-3);
    EXPECT_NEAR(found.interval.high, 0.72, 5e-3);
}

// By hand: groups {1, 3}, {5}, {6, 8, 10} of means 2, 5, 8 and grand mean 5.5. Squares within 2 + 0 + 8, of 6 - 3
// degrees; between 2 x 12.25 + 0.25 + 3 x 6.25 = 43.5, of 2; n0 = (6 - 14/6) / 2 = 11/6.
TEST(GroupedVariance, UnequalGroupsByHand) {
    const auto found = grouped({{1, 3}, {5}, {6, 8, 10}}).components(0, 0.9);
    EXPECT_NEAR(found.within, 10.0 / 3, 1e-12);
    EXPECT_NEAR(found.between, (21.75 - 10.0 / 3) / (11.0 / 6), 1e-12);
    EXPECT_NEAR(found.share, found.between / (found.between + found.within), 1e-15);
}

TEST(GroupedVariance, AllOfItBetweenOrWithin) {
    const auto between = grouped({{1, 1}, {2, 2}, {4, 4}}).components(0, 0.9);
    EXPECT_EQ(between.share, 1);
    EXPECT_EQ(between.interval.low, 1);
    const auto within = grouped({{1, 3}, {1, 3}, {1, 3}}).components(0, 0.9);
    EXPECT_NEAR(within.between, -1, 1e-12);  // an unbiased estimate of nothing: MSB is 0, MSW 2, n0 2
    EXPECT_LT(within.interval.low, 0);
}

TEST(GroupedVariance, NothingToReport) {
    EXPECT_TRUE(std::isnan(grouped({}).components(0, 0.9).share));
    EXPECT_TRUE(std::isnan(grouped({{1, 2, 3}}).components(0, 0.9).share));       // one group
    EXPECT_TRUE(std::isnan(grouped({{1}, {2}, {3}}).components(0, 0.9).within));  // one replicate each
    const auto constant = grouped({{5, 5}, {5, 5}}).components(0, 0.9);
    EXPECT_TRUE(std::isnan(constant.share));
    EXPECT_THROW((void)grouped({{1, 2}, {3, 4}}).components(0, 1), std::invalid_argument);
    GroupedVariance two(2);
    EXPECT_THROW(two.add(0, std::array{1.0}), std::invalid_argument);
}

TEST(GroupedVariance, MissingValuesLeaveTheRestAlone) {
    const auto with = grouped({{1, missing, 3}, {missing, missing}, {5}, {6, 8, 10}}).components(0, 0.9);
    const auto without = grouped({{1, 3}, {5}, {6, 8, 10}}).components(0, 0.9);
    EXPECT_EQ(with.between, without.between);
    EXPECT_EQ(with.within, without.within);
    EXPECT_EQ(with.interval.low, without.interval.low);
}

// A large offset costs no digits of the spread.
TEST(GroupedVariance, IsStable) {
    const auto near = grouped({{1, 3}, {5}, {6, 8, 10}}).components(0, 0.9);
    const auto far = grouped({{1e9 + 1, 1e9 + 3}, {1e9 + 5}, {1e9 + 6, 1e9 + 8, 1e9 + 10}}).components(0, 0.9);
    EXPECT_NEAR(far.between, near.between, 1e-6);
    EXPECT_NEAR(far.within, near.within, 1e-6);
}

// Samples of normal effects of variance 2 and errors of variance 3, groups of one to six: the estimates are unbiased,
// and the interval of 90 % holds the share about so often.
TEST(GroupedVariance, FindsKnownComponents) {
    constexpr std::size_t trials = 2000, groups = 20;
    double between = 0, within = 0, held = 0;
    for (std::size_t trial = 0; trial < trials; ++trial) {
        const auto stream = Draws{3, static_cast<std::uint32_t>(trial)}.at(purpose("variance test"), 0);
        GroupedVariance variance(1);
        for (std::size_t i = 0; i < groups; ++i) {
            const double effect = std::sqrt(2.0) * stream.normals(i)[0];
            for (std::size_t j = 0; j <= i % 6; ++j) {
                const double value = effect + std::sqrt(3.0) * stream.normals(100 + 6 * i + j)[0];
                variance.add(i, std::array{value});
            }
        }
        const auto found = variance.components(0, 0.9);
        between += found.between / trials;
        within += found.within / trials;
        held += (found.interval.low <= 0.4 && 0.4 <= found.interval.high) / static_cast<double>(trials);
    }
    EXPECT_NEAR(between, 2, 0.1);  // its standard error here is 0.03
    EXPECT_NEAR(within, 3, 0.06);
    EXPECT_NEAR(held, 0.9, 0.03);
}

}  // namespace
