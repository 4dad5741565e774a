// The rule that ends a run, against probabilities that are known.
#include "sim/statistics/stopping.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "benchmarks/coverage_trials.hpp"

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
    EXPECT_FALSE(mean_is_precise({none, none}, 1));
    EXPECT_TRUE(mean_is_precise({-1, 1}, 1));
    EXPECT_FALSE(probability_is_precise({none, none}, 1, 50, 50));
    EXPECT_TRUE(probability_is_precise({0, 0.02}, 0.01, least_outcomes, 500));
    EXPECT_FALSE(probability_is_precise({0, 0.02}, 0.01, least_outcomes - 1, 500));
    EXPECT_FALSE(probability_is_precise({0.98, 1}, 0.01, 500, least_outcomes - 1));
}

// 4,000 trials leave an error of 0.0035 of the coverage.
TEST(StoppingRule, CoversAndHardlyBiases) {
    struct Case {
        double probability, half_width;
    };
    for (const auto& [probability, half_width] :
         {Case{0.5, 0.05}, Case{0.1, 0.02}, Case{0.02, 0.01}, Case{0.01, 0.01}, Case{0.002, 0.005}, Case{0.98, 0.01}}) {
        const auto [held, bias, spent] = coverage::of_rule({probability, half_width}, 4000);
        EXPECT_GE(held, 0.935) << probability;
        EXPECT_LE(held, 0.975) << probability;
        EXPECT_LT(std::abs(bias), 0.12) << probability;
    }
}

// What the least number of outcomes is for: of a run that ends at the most replicates, nothing is different.
TEST(StoppingRule, ANeverMetTargetRunsToTheEnd) {
    const auto found = coverage::of_rule({.probability = 1e-9, .half_width = 0.01, .most = 400}, 100);
    EXPECT_EQ(found.coverage, 1);
    EXPECT_EQ(found.replicates, 400);
}

}  // namespace
