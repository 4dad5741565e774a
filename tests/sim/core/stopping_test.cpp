// The rule that ends a run, against probabilities that are known.
#include "sim/statistics/stopping.hpp"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace {

using namespace sim;

TEST(StoppingRule, LooksAtNumbersThatGrowByAQuarter) {
    EXPECT_EQ(look_after(0), 100);
    EXPECT_EQ(look_after(99), 100);
    EXPECT_EQ(look_after(100), 125);
    EXPECT_EQ(look_after(125), 156);
}

TEST(StoppingRule, NeedsAnIntervalAndBothOutcomes) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(tells_mean({none, none}, 1));
    EXPECT_TRUE(tells_mean({-1, 1}, 1));
    EXPECT_FALSE(tells_probability({none, none}, 1, 50, 50));
    EXPECT_TRUE(tells_probability({0, 0.02}, 0.01, least_outcomes, 500));
    EXPECT_FALSE(tells_probability({0, 0.02}, 0.01, least_outcomes - 1, 500));
    EXPECT_FALSE(tells_probability({0.98, 1}, 0.01, 500, least_outcomes - 1));
}

struct Found {
    double coverage, bias;  // of the intervals of 95 %; of the share found, as a part of the probability
};
Found found_by_rule(double probability, double half_width, std::size_t most, std::size_t trials) {
    std::mt19937_64 generator(11);
    double held = 0, sum = 0;
    for (std::size_t trial = 0; trial < trials; ++trial) {
        std::size_t met = 0, replicates = 0;
        for (bool told = false; !told && replicates < most;) {
            const auto look = std::min(look_after(replicates), most);
            met += std::binomial_distribution<std::size_t>(look - replicates, probability)(generator);
            replicates = look;
            told = tells_probability(wilson_interval(met, replicates, 0.95), half_width, met, replicates - met);
        }
        const auto [low, high] = wilson_interval(met, replicates, 0.95);
        held += low <= probability && probability <= high;
        sum += static_cast<double>(met) / static_cast<double>(replicates);
    }
    const auto n = static_cast<double>(trials);
    return {held / n, sum / n / probability - 1};
}

// 4,000 trials leave an error of 0.0035 of the coverage.
TEST(StoppingRule, CoversAndHardlyBiases) {
    struct Case {
        double probability, half_width;
    };
    for (const auto& [probability, half_width] :
         {Case{0.5, 0.05}, Case{0.1, 0.02}, Case{0.02, 0.01}, Case{0.01, 0.01}, Case{0.002, 0.005}, Case{0.98, 0.01}}) {
        const auto [coverage, bias] = found_by_rule(probability, half_width, 100'000, 4000);
        EXPECT_GE(coverage, 0.935) << probability;
        EXPECT_LE(coverage, 0.975) << probability;
        EXPECT_LT(std::abs(bias), 0.12) << probability;
    }
}

// What the least number of outcomes is for: of a run that ends at the most replicates, nothing is different.
TEST(StoppingRule, ANeverMetTargetRunsToTheEnd) {
    const auto [coverage, bias] = found_by_rule(1e-9, 0.01, 400, 100);
    EXPECT_EQ(coverage, 1);
}

}  // namespace
