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

// (E71) 12 a year, and 3 that wait, worked off in two years
TEST(Investment, E71OrdersToBuildForByHand) {
    EXPECT_EQ(orders_to_build_for(12.0, 3.0, 2.0), 13.5);
    EXPECT_EQ(orders_to_build_for(12.0, 0.0, 2.0), 12.0);
}

// (E72) a quarter of the plant is new, the rest is of 2007 on average, in 2011: a year younger, one year's technique
//       embodied, and a crew smaller by one year's decline
TEST(Investment, E72RenewalByHand) {
    const auto renewed = renewal(2007.0, 0.25, 2011.0, 0.03, 0.09);
    EXPECT_NEAR(renewed.vintage, 2008, 1e-12);
    EXPECT_NEAR(renewed.efficiency, 0.03, 1e-15);
    EXPECT_NEAR(renewed.log_crew, -0.09, 1e-15);
    const auto nothing = renewal(2007.0, 0.0, 2011.0, 0.03, 0.09);
    EXPECT_EQ(nothing.vintage, 2007.0);
    EXPECT_EQ(nothing.efficiency, 0.0);
    EXPECT_EQ(renewal(2007.0, 1.0, 2011.0, 0.03, 0.09).vintage, 2011.0);  // all of it is new
}

// (E72) plant renewed by a share x a step settles at an age of (1 - x) h / x, and then embodies e h a step: as much as
// technique gains in the meantime.
TEST(Investment, E72KeepsUpWithTechniqueInTheLongRun) {
    double vintage = 2000, efficiency = 0, now = 2000;
    const double h = 0.25, share = 0.06, growth = 0.03;
    for (int step = 0; step < 2000; ++step) {
        now += h;
        const auto renewed = renewal(vintage, share, now, growth, 0.0);
        if (step >= 1600) efficiency += renewed.efficiency;
        vintage = renewed.vintage;
    }
    EXPECT_NEAR(now - vintage, (1 - share) * h / share, 1e-6);
    EXPECT_NEAR(efficiency, growth * h * 400, 1e-6);
}

// (E15) (0.18 / 0.09)^(-1/2) = 1 / sqrt(2)
TEST(Investment, E15UserCostByHand) {
    EXPECT_NEAR(user_cost_effect(0.10, 0.01, 0.08, 0.5), std::sqrt(0.5), 1e-15);
    EXPECT_EQ(user_cost_effect(0.075, 0.075, 0.1, 0.4), 1.0);
    EXPECT_EQ(user_cost_effect(0.3, 0.075, 0.1, 0.0), 1.0);
    EXPECT_LT(user_cost_effect(0.08, 0.06, 0.1, 0.4), 1.0);  // dear money, less capital
    EXPECT_GT(user_cost_effect(0.05, 0.06, 0.1, 0.4), 1.0);
}

// (E16) K = 100, 2.5 % worn: all 2.5 replaced if 200 is desired, 98 - 97.5 = 0.5 if 98 is, nothing if 90 is; with a lump
// of 0.4 what 70 desired have built ahead is 98
TEST(Investment, E16MaintenanceByHand) {
    EXPECT_EQ(maintenance(100.0, 200.0, 0.0, 0.025), 2.5);
    EXPECT_EQ(maintenance(100.0, 98.0, 0.0, 0.025), 0.5);
    EXPECT_NEAR(maintenance(100.0, 70.0, 0.4, 0.025), 0.5, 1e-13);
    EXPECT_EQ(maintenance(100.0, 90.0, 0.0, 0.025), 0.0);
    EXPECT_EQ(maintenance(0.0, 10.0, 0.0, 0.025), 0.0);
    // Capital at its desired size is a fixed point: (1 - d) K + m = K.
    EXPECT_NEAR(0.975 * 40 + maintenance(40.0, 40.0, 0.0, 0.025), 40, 1e-14);
}

// (E17) gap 120 - 100 - 5 = 15 > 12: it is closed; a gap of just 12 is not above the trigger. A lump of 0.9 makes it 90,
// of a firm of three plants 30
TEST(Investment, E17ExpansionByHand) {
    EXPECT_EQ(expansion(100.0, 5.0, 120.0, 0.0, 0.12, 0.1), 15.0);
    EXPECT_EQ(expansion(100.0, 5.0, 120.0, 0.0, 0.12, 0.9), 90.0);
    EXPECT_EQ(expansion(100.0, 5.0, 120.0, 2.0, 0.12, 0.9), 30.0);
    EXPECT_EQ(expansion(100.0, 5.0, 117.0, 0.0, 0.12, 0.9), 0.0);
    EXPECT_EQ(expansion(100.0, 20.0, 120.0, 0.0, 0.12, 0.9), 0.0);  // it is under way already
    EXPECT_EQ(expansion(100.0, 0.0, 50.0, 0.0, 0.12, 0.9), 0.0);
    EXPECT_EQ(expansion(0.0, 0.0, 0.0, 0.0, 0.12, 0.9), 0.0);
    // What is ordered is under way, so the next step orders nothing more.
    const double order = expansion(100.0, 0.0, 160.0, 0.0, 0.12, 0.0);
    EXPECT_EQ(expansion(100.0, order, 160.0, 0.0, 0.12, 0.0), 0.0);
}

// (E95) a third of two years is approval, which takes half as long: 2 (2/3 + 1/6)
TEST(Investment, E95TimeToBuildByHand) {
    EXPECT_NEAR(time_to_build(2.0, 1.0 / 3, 0.5), 5.0 / 3, 1e-15);
    EXPECT_EQ(time_to_build(2.0, 0.25, 1.0), 2.0);
    EXPECT_EQ(time_to_build(2.0, 0.0, 0.1), 2.0);
    EXPECT_EQ(time_to_build(2.0, 1.0, 0.5), 1.0);
}

// (E81) 30 with 0.8 behind them are joined by 10: 0.8 x 30 / 40 = 0.6
TEST(Investment, E81JoinedProgressByHand) {
    EXPECT_NEAR(joined_progress(0.8, 30.0, 10.0), 0.6, 1e-15);
    EXPECT_EQ(joined_progress(0.8, 30.0, 0.0), 0.8);
    EXPECT_EQ(joined_progress(0.0, 0.0, 10.0), 0.0);  // the first of a project begins at its beginning
    EXPECT_EQ(joined_progress(0.0, 0.0, 0.0), 0.0);
}

// Four quarters of a year: nothing before the fourth, then all. Of 1.1 years, 4.4 quarters: of the fifth quarter it is
// in use for 0.6, so 0.6 are complete at its beginning. 52 weeks are a year however they are rounded.
TEST(Investment, E81ShareCompletedByHand) {
    EXPECT_EQ(share_completed(0.75, 0.25), 0.0);
    EXPECT_EQ(share_completed(1.0, 0.25), 1.0);
    EXPECT_EQ(share_completed(0.5, 0.25), 0.0);
    EXPECT_NEAR(share_completed(4 * 0.25 / 1.1, 0.25 / 1.1), 0.6, 1e-12);
    EXPECT_EQ(share_completed(5 * 0.25 / 1.1, 0.25 / 1.1), 1.0);
    double progress = 0;
    for (int step = 0; step < 52; ++step) progress += 1.0 / 52;
    EXPECT_EQ(share_completed(progress, 1.0 / 52), 1.0);
}

// (E18) max(0, 5 - 0.05 x 40) + 0.5 (20 - 12) - 2 = 3 + 4 - 2 = 5
TEST(Investment, E18AvailableFinanceByHand) {
    EXPECT_NEAR(available_finance(Means<double>{5.0, 40.0, 20.0, 12.0, 2.0}, 0.05, 0.5), 5, 1e-14);
    EXPECT_NEAR(available_finance(Means<double>{1.0, 40.0, 20.0, 12.0, 2.0}, 0.05, 0.5), 2, 1e-14);  // no cash to spare
    EXPECT_NEAR(available_finance(Means<double>{5.0, 40.0, 10.0, 12.0, 2.0}, 0.05, 0.5), 1, 1e-14);  // no credit left
    EXPECT_EQ(available_finance(Means<double>{5.0, 40.0, 20.0, 12.0, 9.0}, 0.05, 0.5), 0.0);  // all of it is spoken for
}

TEST(Investment, Lanes) {
    expect_lanes_equal_scalars([](auto d, auto b) { return orders_to_build_for(d, b, 2.0); }, Span{0, 50}, Span{0, 20});
    expect_lanes_equal_scalars([](auto v, auto x) { return renewal(v, x, 2011.0, 0.03, 0.09).efficiency; },
                               Span{1990, 2011}, Span{0, 1});
    expect_lanes_equal_scalars([](auto k) { return desired_capital(k, 1.1, 0.97); }, Span{0, 100});
    expect_lanes_equal_scalars([](auto k, auto desired, auto lump) { return maintenance(k, desired, lump, 0.025); },
                               Span{0, 100}, Span{0, 100}, Span{0, 2});
    expect_lanes_equal_scalars(
        [](auto k, auto w, auto desired, auto plants) { return expansion(k, w, desired, plants, 0.12, 0.9); },
        Span{0, 100}, Span{0, 50}, Span{0, 200}, Span{0, 3});
    expect_lanes_equal_scalars([](auto g) { return share_completed(g, 0.23); }, Span{0, 1.2});
    expect_lanes_equal_scalars([](auto g, auto w, auto order) { return joined_progress(g, w, order); }, Span{0, 1},
                               Span{0, 50}, Span{0, 50});
    expect_lanes_equal_scalars(
        [](auto cash, auto sales, auto limit, auto debt, auto w) {
            return available_finance(Means<decltype(cash)>{cash, sales, limit, debt, w}, 0.05, 0.5);
        },
        Span{-5, 20}, Span{0, 100}, Span{0, 60}, Span{0, 60}, Span{0, 20});
}

}  // namespace
