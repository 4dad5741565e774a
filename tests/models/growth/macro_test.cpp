// The macro economy: shocks that keep their spread, demand and prices that grow as stated.
#include "models/growth/macro.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;

// (E1) rho = 1/4 over half a year keeps 1/2: 0.5 x 0.08 + 0.1 sqrt(1 - 1/4) x 2 = 0.04 + 0.1 sqrt(3)
TEST(Macro, E1AutoregressiveByHand) {
    EXPECT_NEAR(autoregressive(0.08, 0.25, 0.1, 2.0, 0.5), 0.04 + 0.1 * std::sqrt(3.0), 1e-15);
}

TEST(Macro, E1Limits) {
    EXPECT_EQ(autoregressive(0.08, 0.0, 0.1, 2.0, 0.25), 0.1 * 2.0);          // no memory: noise alone
    EXPECT_NEAR(autoregressive(0.08, 0.3, 0.1, 2.0, 1e-12), 0.08, 1e-6);      // no time: nothing happens
    EXPECT_NEAR(autoregressive(0.08, 0.3, 0.1, 2.0, 1e3), 0.1 * 2.0, 1e-15);  // all time: a fresh draw
    EXPECT_EQ(autoregressive(0.08, 0.3, 0.0, 2.0, 1.0), sim::pow(0.3, 1.0) * 0.08);
}

// Two half steps decay as one whole, and the variance s^2 is kept: k^2 s^2 + s^2 (1 - k^2) = s^2.
TEST(Macro, E1DoesNotDependOnTheLengthOfAStep) {
    const double whole = autoregressive(1.0, 0.316, 0.2, 0.0, 1.0);
    const double half = autoregressive(autoregressive(1.0, 0.316, 0.2, 0.0, 0.5), 0.316, 0.2, 0.0, 0.5);
    EXPECT_NEAR(whole, half, 1e-15);
    for (const double h : {0.05, 0.25, 1.0}) {
        const double kept = autoregressive(1.0, 0.6, 0.2, 0.0, h), noise = autoregressive(0.0, 0.6, 0.2, 1.0, h);
        EXPECT_NEAR(kept * kept * 0.04 + noise * noise, 0.04, 1e-16);
    }
}

TEST(Macro, E1Lanes) {
    for (const double persistence : {0.0, 0.75})
        expect_lanes_equal_scalars(
            [drift = Autoregression(persistence, 0.177, 0.25)](auto x, auto e) { return drift(x, e); },
            growth_tests::Span{-1, 1}, growth_tests::Span{-5, 5});
}

// (E2) 0.25 (0.1 + 1.5 x (-0.02) + 0.04) - 0.15 = 0.25 x 0.11 - 0.15 = -0.1225
TEST(Macro, E2DemandGrowthByHand) {
    EXPECT_NEAR(national_demand_growth({0.1, -0.02, 1.5, 0.04, -0.15}, 0.25), -0.1225, 1e-16);
}

TEST(Macro, E2OnlyWhatIndustriesShareIsWithoutTime) {
    EXPECT_EQ(national_demand_growth({0.1, 0.2, 1.5, 0.4, -0.15}, 0.0), -0.15);
    EXPECT_EQ(national_demand_growth({0.1, 0.2, 0.0, 0.0, 0.0}, 1.0), 0.1);  // not exposed: its own trend
    const double quarter = national_demand_growth({0.1, 0.02, 1.0, 0.01, 0.0}, 0.25);
    EXPECT_NEAR(4 * quarter, national_demand_growth({0.1, 0.02, 1.0, 0.01, 0.0}, 1.0), 1e-16);
    EXPECT_GT(national_demand_growth({0.12, 0, 1, 0, 0}, 0.25), national_demand_growth({0.10, 0, 1, 0, 0}, 0.25));
}

// (E93) 6 % a year, a quarter: from the middle of the year to that of its last quarter are three eighths, e^0.0225
TEST(Macro, E93PriceAtStartByHand) {
    EXPECT_NEAR(price_at_start(0.06, 0.25), std::exp(0.0225), 1e-15);
    EXPECT_EQ(price_at_start(0.06, 1.0), 1.0);  // one step a year stands in its middle
    EXPECT_EQ(price_at_start(0.0, 0.25), 1.0);
    // in a year of steady growth every later index is the mean of its year, against the mean of the year before
    double mean = 0;
    for (int k = 1; k <= 4; ++k) mean += 0.25 * price_at_start(0.06, 0.25) * std::exp(0.06 * 0.25 * k);
    EXPECT_NEAR(std::log(mean), 0.06, 3e-4);
}

// (E115) 4 % a year to the end of step 2 and 10 % from step 3 on: half of each in step 3, at whose beginning it changes
TEST(Macro, E115FromMiddleToMiddleByHand) {
    const auto in_force = [](int step) { return step < 3 ? 0.04 : 0.10; };
    EXPECT_EQ(from_middle_to_middle(0, in_force), 0.04);
    EXPECT_EQ(from_middle_to_middle(2, in_force), 0.04);
    EXPECT_NEAR(from_middle_to_middle(3, in_force), 0.07, 1e-15);
    EXPECT_EQ(from_middle_to_middle(4, in_force), 0.10);
    // from the mean of the year before the change to that of the year after it, at any length of step
    for (const int n : {1, 2, 4, 12, 52}) {
        const auto changes = [n](int step) { return step < n ? 0.04 : 0.10; };
        double level = 0, before = 0, after = 0;
        for (int step = 0; step < 2 * n; ++step) {
            level += from_middle_to_middle(step, changes) / n;
            (step < n ? before : after) += level / n;
        }
        EXPECT_NEAR(after - before, 0.07, 1e-12) << n << " steps a year";
    }
}

// (E3) 0.25 x (-0.1) + 0.12 x sqrt(0.25) x 1.5 = -0.025 + 0.09 = 0.065
TEST(Macro, E3PriceChangeByHand) {
    EXPECT_NEAR(price_change(-0.1, 0.12, 1.5, 0.25), 0.065, 1e-16);
    EXPECT_EQ(price_change(-0.1, 0.0, 1.5, 1.0), -0.1);
    EXPECT_EQ(price_change(0.0, 0.12, 0.0, 0.25), 0.0);
    // The variance of a year is that of four quarters.
    const double quarter = price_change(0.0, 0.12, 1.0, 0.25), year = price_change(0.0, 0.12, 1.0, 1.0);
    EXPECT_NEAR(4 * quarter * quarter, year * year, 1e-16);
}

// (E76) 1.5 % of gross output where a quarter of it is value added
TEST(Macro, E76GrowthByValueAddedByHand) {
    EXPECT_EQ(by_value_added(0.015, 0.25), 0.06);
    EXPECT_EQ(by_value_added(0.0, 0.25), 0.0);
    EXPECT_EQ(by_value_added(0.02, 1.0), 0.02);  // who buys nothing
}

}  // namespace
