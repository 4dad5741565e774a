// R&D: effort, chance, absorption, gains and patents.
#include "models/growth/innovation.hpp"

#include <algorithm>

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

// (E19) 0.5 / (1.25 x 0.02 x 16^0.75) = 0.5 / (0.025 x 8) = 2.5
TEST(Innovation, E19SearchEffortByHand) {
    EXPECT_NEAR(search_effort(0.5, 16.0, 1.25, 0.02, 0.75), 2.5, 1e-14);
    EXPECT_EQ(search_effort(0.0, 16.0, 1.25, 0.02, 0.75), 0.0);
    EXPECT_NEAR(search_effort(0.5, 16.0, 2.5, 0.02, 0.75), 1.25, 1e-14);  // twice as dear, half as much
    EXPECT_NEAR(search_effort(1.0, 32.0, 1.25, 0.02, 1.0), search_effort(0.5, 16.0, 1.25, 0.02, 1.0), 1e-14);
    EXPECT_TRUE(std::isfinite(search_effort(0.1, 0.0, 1.0, 0.02, 0.75)));
}

// (E20) 0.3 x 2.5 x 0.25 = 0.1875
TEST(Innovation, E20SuccessesExpectedByHand) {
    EXPECT_NEAR(successes_expected(2.5, 0.3, 0.25), 0.1875, 1e-16);
    EXPECT_EQ(successes_expected(0.0, 0.3, 0.25), 0.0);
    EXPECT_EQ(successes_expected(1e6, 0.3, 0.25), 20.0);
    // a year in one step brings as many as its quarters
    EXPECT_NEAR(successes_expected(2.5, 0.3, 1.0), 4 * successes_expected(2.5, 0.3, 0.25), 1e-15);
}

// (E92) with an elasticity of 1.1: a quarter of a logarithm ahead, e^-0.275; as far behind, e^0.275
TEST(Innovation, E92DifficultyByHand) {
    EXPECT_NEAR(difficulty(0.25, 1.1), std::exp(-0.275), 1e-15);
    EXPECT_NEAR(difficulty(-0.25, 1.1), std::exp(0.275), 1e-15);
    EXPECT_EQ(difficulty(0.0, 1.1), 1.0);
    EXPECT_EQ(difficulty(0.7, 0.0), 1.0);
    EXPECT_NEAR(difficulty(9.0, 1.1), 0.05, 1e-15);
    EXPECT_NEAR(difficulty(-9.0, 1.1), 20.0, 1e-12);
}

// (E21) 1/2 without R&D, 3/4 at one per cent, 1 from two per cent on
TEST(Innovation, E21AbsorptiveCapacityByHand) {
    EXPECT_EQ(absorptive_capacity(0.0), 0.5);
    EXPECT_EQ(absorptive_capacity(0.01), 0.75);
    EXPECT_EQ(absorptive_capacity(0.02), 1.0);
    EXPECT_EQ(absorptive_capacity(0.2), 1.0);
}

// (E22) q = 1: ln 1.08; q = 1/2: ln 1.01; q = 0.2: ln 0.968 < 0, so it is not used
TEST(Innovation, E22GainByHand) {
    EXPECT_NEAR(innovation_gain(1.0, -0.06, 0.08), std::log(1.08), 1e-16);
    EXPECT_NEAR(innovation_gain(0.5, -0.06, 0.08), std::log(1.01), 1e-16);
    EXPECT_EQ(innovation_gain(0.2, -0.06, 0.08), 0.0);
    EXPECT_EQ(innovation_gain(0.0, -0.06, 0.08), 0.0);
}

// (E23) of all 120 orders of five numbers the median is the third
TEST(Innovation, E23MedianOfFiveInEveryOrder) {
    std::array<double, 5> x = {-2.0, 0.125, 0.5, 0.75, 9.0};
    int orders = 0;
    do {
        ASSERT_EQ(median_of_five(x[0], x[1], x[2], x[3], x[4]), 0.5);
        ++orders;
    } while (std::next_permutation(x.begin(), x.end()));
    EXPECT_EQ(orders, 120);
    EXPECT_EQ(median_of_five(1.0, 1.0, 2.0, 2.0, 2.0), 2.0);
}

// Beta(3, 3): mean 1/2, variance 1/28, P(x < 1/4) = 10/64 - 15/256 + 6/1024 = 0.103515625
TEST(Innovation, E23IsBetaThreeThree) {
    constexpr int n = 100'000;
    double mean = 0, variance = 0, low = 0;
    for (int k = 0; k < n; ++k) {
        const auto u = growth_tests::chance(static_cast<std::uint64_t>(k)),
                   v = growth_tests::chance(static_cast<std::uint64_t>(k), 1);
        const double x = median_of_five(u[0], u[1], u[2], u[3], v[0]);
        mean += x / n, variance += (x - 0.5) * (x - 0.5) / n, low += x < 0.25 ? 1.0 / n : 0.0;
    }
    EXPECT_NEAR(mean, 0.5, 5 * std::sqrt(1.0 / 28 / n));
    EXPECT_NEAR(variance, 1.0 / 28, 5 * std::sqrt(1.0 / 28 / 28 * 1.4 / n));
    EXPECT_NEAR(low, 0.103515625, 5 * std::sqrt(0.1035 * 0.8965 / n));
}

// (E24) 0.15 (0.5 - 0.1) = 0.06; twice, (1 - 0.85^2) 0.4 = 0.111; nothing from those behind
TEST(Innovation, E24ImitationGainByHand) {
    EXPECT_NEAR(imitation_gain(0.1, 0.5, 0.15, 1.0), 0.06, 1e-15);
    EXPECT_NEAR(imitation_gain(0.1, 0.5, 0.15, 2.0), 0.111, 1e-15);
    EXPECT_EQ(imitation_gain(0.1, 0.5, 0.15, 0.0), 0.0);
    EXPECT_EQ(imitation_gain(0.5, 0.5, 0.15, 3.0), 0.0);
    EXPECT_EQ(imitation_gain(0.9, 0.5, 0.15, 1.0), 0.0);
    EXPECT_NEAR(imitation_gain(0.1, 0.5, 1.0, 1.0), 0.4, 1e-12);
}

// (E84) the frontier at 1, 0.6 ahead of the mean: half of the lead is at 0.7, none of it at the mean, all of it is the
// frontier
TEST(Innovation, E84WhatCanBeImitatedByHand) {
    EXPECT_NEAR(imitable(1.0, 0.6, 0.5), 0.7, 1e-15);
    EXPECT_NEAR(imitable(1.0, 0.6, 0.0), 0.4, 1e-15);
    EXPECT_EQ(imitable(1.0, 0.6, 1.0), 1.0);
}

// (E25) at the cost of one unit 6 a year, 1.5 a quarter; with 32 units 32^0.6 = 8 times as many
TEST(Innovation, E25ExpectedPatentsByHand) {
    EXPECT_NEAR(expected_patents(0.05, 6.0, 0.05, 0.6, 0.25), 1.5, 1e-14);
    EXPECT_NEAR(expected_patents(1.6, 6.0, 0.05, 0.6, 0.25), 12, 1e-12);
    EXPECT_EQ(expected_patents(0.0, 6.0, 0.05, 0.6, 0.25), 0.0);
    EXPECT_NEAR(expected_patents(1.6e8, 6.0, 0.05e8, 0.6, 0.25), 12, 1e-12);  // in yuan
    EXPECT_EQ(expected_patents(1.6, 6.0, 0.05, 0.6, 0.0), 0.0);
}

TEST(Innovation, Lanes) {
    expect_lanes_equal_scalars([](auto r, auto s) { return search_effort(r, s, 1.1, 0.02, 0.75); }, Span{0, 5},
                               Span{0, 100});
    expect_lanes_equal_scalars([](auto effort, auto z) { return successes_expected(effort, z, 0.25); }, Span{0, 50},
                               Span{0, 1});
    expect_lanes_equal_scalars([](auto ahead) { return difficulty(ahead, 1.1); }, Span{-4, 4});
    expect_lanes_equal_scalars([](auto nu) { return absorptive_capacity(nu); }, Span{0, 0.2});
    expect_lanes_equal_scalars([](auto q) { return innovation_gain(q, -0.06, decltype(q)(0.08)); }, Span{0, 1});
    expect_lanes_equal_scalars([](auto a, auto b, auto c, auto d, auto e) { return median_of_five(a, b, c, d, e); },
                               Span{0, 1}, Span{0, 1}, Span{0, 1}, Span{0, 1}, Span{0, 1});
    expect_lanes_equal_scalars([](auto a, auto best) { return imitation_gain(a, best, 0.15, decltype(a)(2.0)); },
                               Span{-2, 2}, Span{-2, 2});
    expect_lanes_equal_scalars([](auto r) { return expected_patents(r, 6.0, 0.05, 0.6, 0.25); }, Span{0, 5});
}

}  // namespace
