// Investment: what is desired, what wears out, when a firm expands, and what finance allows.
#include "models/growth/investment.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

// (E14) 10 e^(0.1 x 1) x 0.9 = 9 e^0.1
TEST(Investment, E14DesiredCapitalByHand) {
    EXPECT_NEAR(desired_capital(10.0, expected_rise(0.1, 1.0), 0.9), 9 * std::exp(0.1), 1e-14);
    EXPECT_EQ(desired_capital(10.0, expected_rise(0.1, 0.0), 1.0), 10.0);  // nobody looks ahead
    EXPECT_EQ(desired_capital(10.0, expected_rise(0.0, 1.0), 1.0), 10.0);  // nothing to see there
    EXPECT_GT(desired_capital(10.0, 1.2, 1.0), desired_capital(10.0, 1.1, 1.0));
}

// (E15) (0.18 / 0.09)^(-1/2) = 1 / sqrt(2)
TEST(Investment, E15UserCostByHand) {
    EXPECT_NEAR(user_cost_effect(0.10, 0.01, 0.08, 0.5), std::sqrt(0.5), 1e-15);
    EXPECT_EQ(user_cost_effect(0.075, 0.075, 0.1, 0.4), 1.0);
    EXPECT_EQ(user_cost_effect(0.3, 0.075, 0.1, 0.0), 1.0);
    EXPECT_LT(user_cost_effect(0.08, 0.06, 0.1, 0.4), 1.0);  // dear money, less capital
    EXPECT_GT(user_cost_effect(0.05, 0.06, 0.1, 0.4), 1.0);
}

// (E16) K = 100, 2.5 % worn: all 2.5 replaced if 200 is desired, 98 - 97.5 = 0.5 if 98 is, nothing if 90 is
TEST(Investment, E16MaintenanceByHand) {
    EXPECT_EQ(maintenance(100.0, 200.0, 0.025), 2.5);
    EXPECT_EQ(maintenance(100.0, 98.0, 0.025), 0.5);
    EXPECT_EQ(maintenance(100.0, 90.0, 0.025), 0.0);
    EXPECT_EQ(maintenance(0.0, 10.0, 0.025), 0.0);
    // Capital at its desired size is a fixed point: (1 - d) K + m = K.
    EXPECT_NEAR(0.975 * 40 + maintenance(40.0, 40.0, 0.025), 40, 1e-14);
}

// (E17) gap 120 - 100 - 5 = 15 > 12: 0.9 x 15 = 13.5; a gap of just 12 is not above the trigger
TEST(Investment, E17ExpansionByHand) {
    EXPECT_NEAR(expansion(100.0, 5.0, 120.0, 0.12, 0.9), 13.5, 1e-14);
    EXPECT_EQ(expansion(100.0, 5.0, 117.0, 0.12, 0.9), 0.0);
    EXPECT_EQ(expansion(100.0, 20.0, 120.0, 0.12, 0.9), 0.0);  // it is under way already
    EXPECT_EQ(expansion(100.0, 0.0, 50.0, 0.12, 0.9), 0.0);
    EXPECT_EQ(expansion(0.0, 0.0, 0.0, 0.12, 0.9), 0.0);
    // An expansion leaves a gap of a tenth of what it was, so the next step orders nothing more.
    const double order = expansion(100.0, 0.0, 160.0, 0.12, 0.9);
    EXPECT_EQ(expansion(100.0, order, 160.0, 0.12, 0.9), 0.0);
}

// (E18) max(0, 5 - 0.05 x 40) + 0.5 (20 - 12) - 2 = 3 + 4 - 2 = 5
TEST(Investment, E18AvailableFinanceByHand) {
    EXPECT_NEAR(available_finance(Means<double>{5.0, 40.0, 20.0, 12.0, 2.0}, 0.05, 0.5), 5, 1e-14);
    EXPECT_NEAR(available_finance(Means<double>{1.0, 40.0, 20.0, 12.0, 2.0}, 0.05, 0.5), 2, 1e-14);  // no cash to spare
    EXPECT_NEAR(available_finance(Means<double>{5.0, 40.0, 10.0, 12.0, 2.0}, 0.05, 0.5), 1, 1e-14);  // no credit left
    EXPECT_EQ(available_finance(Means<double>{5.0, 40.0, 20.0, 12.0, 9.0}, 0.05, 0.5), 0.0);  // all of it is spoken for
}

TEST(Investment, Lanes) {
    expect_lanes_equal_scalars([](auto k) { return desired_capital(k, 1.1, 0.97); }, Span{0, 100});
    expect_lanes_equal_scalars([](auto k, auto desired) { return maintenance(k, desired, 0.025); }, Span{0, 100},
                               Span{0, 100});
    expect_lanes_equal_scalars([](auto k, auto w, auto desired) { return expansion(k, w, desired, 0.12, 0.9); },
                               Span{0, 100}, Span{0, 50}, Span{0, 200});
    expect_lanes_equal_scalars(
        [](auto cash, auto sales, auto limit, auto debt, auto w) {
            return available_finance(Means<decltype(cash)>{cash, sales, limit, debt, w}, 0.05, 0.5);
        },
        Span{-5, 20}, Span{0, 100}, Span{0, 60}, Span{0, 60}, Span{0, 20});
}

}  // namespace
