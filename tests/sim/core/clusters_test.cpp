// Clustered means by hand, by their limits, and by samples whose intraclass correlation is known.
#include "sim/statistics/clusters.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "benchmarks/coverage_trials.hpp"

namespace {

using namespace sim;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

ClusteredMean mean_of(const std::vector<std::vector<double>>& clusters) {
    Clusters all(1);
    for (std::size_t i = 0; i < clusters.size(); ++i)
        for (const double value : clusters[i]) all.add(i, std::array{value});
    return all.mean(0);
}

std::vector<std::vector<double>> repeated(const std::vector<std::vector<double>>& clusters, std::size_t times) {
    std::vector<std::vector<double>> all;
    for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), clusters.begin(), clusters.end());
    return all;
}

// Clusters {1, 3}, {5}, {6, 8, 10}: sums 4, 5, 24 of sizes 2, 1, 3, mean 5.5, residuals -7, -0.5, 7.5.
TEST(Clusters, UnequalSizesByHand) {
    const auto found = mean_of({{1, 3}, {5}, {6, 8, 10}});
    EXPECT_EQ(found.clusters, 3);
    EXPECT_EQ(found.replicates, 6);
    EXPECT_NEAR(found.mean, 5.5, 1e-14);
    EXPECT_NEAR(found.standard_error, std::sqrt(1.5 * (49 + 0.25 + 56.25)) / 6, 1e-14);
}

// Of equal sizes the error is that of the mean of their means.
TEST(Clusters, EqualSizesAreTheirMeans) {
    const auto found = mean_of({{1, 3}, {4, 8}, {9, 11}, {2, 2}});
    EXPECT_NEAR(found.mean, 5, 1e-14);
    EXPECT_NEAR(found.standard_error, std::sqrt((9 + 1 + 25 + 9) / 3.0 / 4), 1e-14);
}

// Clusters of one are independent replicates: the error of the mean is that of a sample, and Wilson's interval its own
// except for Student's t.
TEST(Clusters, OfOneAreIndependentReplicates) {
    std::vector<std::vector<double>> values;
    for (int i = 0; i < 4000; ++i) values.push_back({i % 4 == 0 ? 1.0 : 0.0});
    const auto found = mean_of(values);
    EXPECT_NEAR(found.standard_error, std::sqrt(0.25 * 0.75 / 3999), 1e-12);
    const auto interval = interval_of_probability(found, 0.95), alone = wilson_interval(1000, 4000, 0.95);
    EXPECT_NEAR(interval.low, alone.low, 2e-5);
    EXPECT_NEAR(interval.high, alone.high, 2e-5);
}

// Replicates that only repeat their cluster tell nothing.
TEST(Clusters, RepetitionAddsNothing) {
    const std::vector<std::vector<double>> once{{1}, {0}, {0}, {1}, {0}};
    const std::vector<std::vector<double>> often{{1, 1, 1}, {0, 0, 0}, {0, 0, 0}, {1, 1, 1}, {0, 0, 0}};
    const auto a = mean_of(repeated(once, 4)), b = mean_of(repeated(often, 4));
    EXPECT_NEAR(a.standard_error, b.standard_error, 1e-14);
    EXPECT_NEAR(a.degrees, b.degrees, 1e-9);
    EXPECT_EQ(b.with, 8);
    EXPECT_EQ(b.without, 12);
    EXPECT_NEAR(interval_of_mean(a, 0.9).low, interval_of_mean(b, 0.9).low, 1e-13);
}

TEST(Clusters, NoneOrAllMetCountsEachClusterOnce) {
    const auto none = mean_of(repeated({{0, 0, 0, 0}}, 12)), all = mean_of(repeated({{1, 1}}, 12));
    EXPECT_EQ(interval_of_probability(none, 0.95).high, wilson_interval(0, 12, 0.95).high);
    EXPECT_EQ(interval_of_probability(all, 0.95).low, wilson_interval(12, 12, 0.95).low);
    EXPECT_EQ(*probability_of(none).bound, *probability_of(std::size_t{0}, 12).bound);
    EXPECT_EQ(*probability_of(all).bound, *probability_of(std::size_t{12}, 12).bound);
}

TEST(Clusters, FewGiveNoError) {
    const auto few = mean_of(repeated({{0, 1}, {1, 1}, {0, 0}}, 3));
    EXPECT_EQ(few.clusters, least_clusters - 1);
    EXPECT_TRUE(std::isnan(interval_of_mean(few, 0.95).low));
    EXPECT_TRUE(std::isnan(interval_of_probability(few, 0.95).low));
    EXPECT_EQ(probability_of(few).share, 0.5);
    EXPECT_TRUE(std::isnan(probability_of(few).standard_error));
    EXPECT_FALSE(probability_of(mean_of(repeated({{0, 0}}, 9))).bound);
    EXPECT_TRUE(std::isnan(mean_of({}).mean));
    EXPECT_TRUE(std::isnan(mean_of({{1, 2, 3}}).standard_error));
    Clusters two(2);
    EXPECT_THROW(two.add(0, std::array{1.0}), std::invalid_argument);
}

TEST(Clusters, MissingValuesLeaveTheRestAlone) {
    const auto with = mean_of({{1, missing, 3}, {missing, missing}, {5}, {6, 8, 10}});
    const auto without = mean_of({{1, 3}, {5}, {6, 8, 10}});
    EXPECT_EQ(with.mean, without.mean);
    EXPECT_EQ(with.standard_error, without.standard_error);
    EXPECT_EQ(with.clusters, 3);
}

TEST(Clusters, ALargeMeanCostsNoDigits) {
    const auto near = mean_of({{1, 3}, {5}, {6, 8, 10}});
    const auto far = mean_of({{1e9 + 1, 1e9 + 3}, {1e9 + 5}, {1e9 + 6, 1e9 + 8, 1e9 + 10}});
    EXPECT_NEAR(far.mean - 1e9, near.mean, 1e-6);
    EXPECT_NEAR(far.standard_error, near.standard_error, 1e-12);
}

// 1,000 trials leave an error of 0.007. Rare events in few clusters are held too often, never too rarely: some tails
// have no sample that is not seen as none at all.
TEST(Clusters, IntervalsOfProbabilitiesCover) {
    const std::vector<coverage::Law> laws{{0.5, 0.05, 20},  {0.5, 0.2, 10},       {0.5, 0.5, 40},
                                          {0.1, 0.05, 20},  {0.1, 0.2, 40},       {0.1, 0.5, 100},
                                          {0.03, 0.2, 100}, {0.03, 0.05, 40},     {0.03, 0.5, 100},
                                          {0.9, 0.2, 40},   {0.3, 0.2, 40, true}, {0.05, 0.2, 100, true}};
    for (const auto& law : laws) {
        const auto held = coverage::of_clusters(law, 1000);
        EXPECT_GE(held, 0.93) << law.probability << " " << law.correlation << " " << law.clusters;
        EXPECT_LE(held, 0.975) << law.probability << " " << law.correlation << " " << law.clusters;
    }
    EXPECT_GE(coverage::of_clusters({0.03, 0.5, 20}, 1000), 0.93);
}

TEST(Clusters, IntervalsOfMeansCover) {
    std::mt19937_64 generator(7);
    std::normal_distribution<> normal;
    std::size_t held = 0;
    constexpr std::size_t trials = 4000;
    for (std::size_t trial = 0; trial < trials; ++trial) {
        Clusters all(1);
        for (std::size_t i = 0; i < 12; ++i) {
            const double effect = normal(generator);
            for (std::size_t j = 0; j < 10; ++j) all.add(i, std::array{effect + normal(generator)});
        }
        const auto [low, high] = interval_of_mean(all.mean(0), 0.95);
        held += low <= 0 && 0 <= high;
    }
    EXPECT_NEAR(static_cast<double>(held) / trials, 0.95, 0.011);
}

}  // namespace
