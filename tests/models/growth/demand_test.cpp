// Demand: orders with fat tails, and growth as the sum of its reasons.
#include "models/growth/demand.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

DemandParameters response(double change, double level, double size_drag, double unserved) {
    DemandParameters p;
    p.change_response = change, p.level_response = level, p.size_drag = size_drag, p.unserved_loss = unserved;
    return p;
}

// (E4) spread 0.3 x 16^-0.15 = 0.3 x 2^-0.6, times sqrt(4) x (-0.5) = -1, plus ln(1 - spread^2 / 2)
TEST(Demand, E4LargeOrderByHand) {
    const double spread = 0.3 * std::pow(2.0, -0.6);
    EXPECT_NEAR(large_order(0.3, 0.15, sim::log(16.0), 4.0, -0.5), -spread + std::log1p(-spread * spread / 2), 1e-15);
    EXPECT_NEAR(large_order(0.3, 0.15, 0.0, 1.0, 1.0), 0.3 + std::log(0.955), 1e-15);  // the firm of mean size
}

TEST(Demand, E4LimitsAndSigns) {
    EXPECT_EQ(large_order(0.0, 0.15, 1.0, 2.0, 1.0), 0.0);
    EXPECT_EQ(large_order(3.0, 0.15, 0.0, 2.0, 1.0), large_order(1.0, 0.15, 0.0, 2.0, 1.0));  // no wilder than 1
    EXPECT_EQ(large_order(0.3, 0.0, -2.0, 2.0, 1.0), large_order(0.3, 0.0, 2.0, 2.0, 1.0));
    const auto range = [](double size) {
        return large_order(0.3, 0.15, size, 2.0, 1.0) - large_order(0.3, 0.15, size, 2.0, -1.0);
    };
    EXPECT_GT(range(-2.0), range(2.0));  // small firms jump more
    EXPECT_NEAR(range(0.0), 2 * 0.3 * std::sqrt(2.0), 1e-15);
}

// Laplace with standard deviation s: mean |x| = s / sqrt(2), mean x^2 = s^2, mean x^4 = 6 s^4. Here s = 1.
TEST(Demand, E4IsLaplace) {
    constexpr int n = 200'000;
    double first = 0, second = 0, fourth = 0;
    for (int k = 0; k < n; ++k) {
        const auto u = growth_tests::chance(static_cast<std::uint64_t>(k));
        const double x =
            large_order(1.0, 0.0, 0.0, sim::exponential_from(u[0]), sim::normal_pair(u[1], u[2])[0]) - std::log(0.5);
        first += std::abs(x) / n, second += x * x / n, fourth += x * x * x * x / n;
    }
    EXPECT_NEAR(first, std::sqrt(0.5), 5 * std::sqrt(0.5 / n));  // Var |x| = 1 - 1/2
    EXPECT_NEAR(second, 1, 5 * std::sqrt(5.0 / n));              // Var x^2 = 6 - 1
    EXPECT_NEAR(fourth, 6, 5 * std::sqrt(2484.0 / n));           // Var x^4 = 8!/2^4 - 6^2 = 2520 - 36
}

// Orders redistribute and do not add: E e^eta = 1. At s = 0.4, Var e^eta = 0.92^2 / (1 - 0.32) - 1 = 0.2447.
TEST(Demand, E4AddsNothingToTheTotal) {
    constexpr int n = 200'000;
    double mean = 0;
    for (int k = 0; k < n; ++k) {
        const auto u = growth_tests::chance(static_cast<std::uint64_t>(k), 2);
        const double order = large_order(0.4, 0.0, 0.0, sim::exponential_from(u[0]), sim::normal_pair(u[1], u[2])[0]);
        mean += std::exp(order) / n;
    }
    EXPECT_NEAR(mean, 1, 5 * std::sqrt(0.2447 / n));
}

TEST(Demand, E4Lanes) {
    expect_lanes_equal_scalars([](auto size, auto v, auto e) { return large_order(0.3, 0.15, size, v, e); },
                               Span{-10, 5}, Span{1e-9, 20}, Span{-6, 6});
}

// (E5) 0.02 + 0.6 (0.05 - 0.25 x 0.02) + 0.25 x 0.04 (0.3 - 0.1) - 0.25 x 0.02 x 1.5 - 0.25 x 0.5 x 0.2 + 0.1
//      = 0.02 + 0.027 + 0.002 - 0.0075 - 0.025 + 0.1 = 0.1165
TEST(Demand, E5GrowthByHand) {
    EXPECT_NEAR(demand_growth(response(0.6, 0.04, 0.02, 0.5),
                              DemandForces<double>{0.02, 0.05, 0.3, 1.5, 0.2, 0.1, 0.02, 0.1}, 0.25),
                0.1165, 1e-16);
}

TEST(Demand, E5EachReasonAlone) {
    const auto growth = [](double change, double efficiency, double size, double backlog, double order) {
        return demand_growth(response(0.6, 0.04, 0.02, 0.5),
                             DemandForces<double>{0.0, change, efficiency, size, backlog, order, 0.0, 0.0}, 0.25);
    };
    EXPECT_EQ(growth(0, 0, 0, 0, 0), 0);
    EXPECT_NEAR(growth(0.1, 0, 0, 0, 0), 0.06, 1e-16);   // a change counts once, whatever the step
    EXPECT_NEAR(growth(0, 0.1, 0, 0, 0), 0.001, 1e-16);  // a level counts by time
    EXPECT_NEAR(growth(0, 0, 1, 0, 0), -0.005, 1e-16);   // the large grow slower
    EXPECT_NEAR(growth(0, 0, 0, 1, 0), -0.125, 1e-16);   // customers who are not served leave
    EXPECT_EQ(growth(0, 0, 0, 0, -0.3), -0.3);
}

// A firm that keeps up with the frontier in level and in growth grows with national demand.
TEST(Demand, E5KeepingUpIsStandingStill) {
    EXPECT_NEAR(demand_growth(response(0.6, 0.04, 0.02, 0.5),
                              DemandForces<double>{0.03, 0.005, 0.7, 0.0, 0.0, 0.0, 0.02, 0.7}, 0.25),
                0.03, 1e-16);
}

// (E48) half of it after T ln 2 years
TEST(Demand, E48ShareReleasedByHand) {
    EXPECT_NEAR(share_released(3, 3 * std::log(2.0)), 0.5, 1e-15);
    EXPECT_EQ(share_released(3, 0), 0.0);
    // What is left after four quarters is what is left after a year.
    EXPECT_NEAR(std::pow(1 - share_released(3, 0.25), 4), 1 - share_released(3, 1), 1e-15);
}

// (E56) ln(1 + 2 / 10); half as much at most, be it more or less
TEST(Demand, E56DemandOfOrdersByHand) {
    EXPECT_NEAR(demand_of_orders(2, 10), std::log(1.2), 1e-15);
    EXPECT_NEAR(demand_of_orders(-2, 10), std::log(0.8), 1e-15);
    EXPECT_EQ(demand_of_orders(0, 10), 0.0);
    EXPECT_NEAR(demand_of_orders(50, 10), std::log(1.5), 1e-15);
    EXPECT_NEAR(demand_of_orders(-50, 10), std::log(0.5), 1e-15);
    EXPECT_NEAR(demand_of_orders(2e8, 10e8), std::log(1.2), 1e-15);  // in yuan
    // Orders that come and go leave nothing behind.
    EXPECT_NEAR(demand_of_orders(2, 10) + demand_of_orders(-2, 12), 0, 1e-15);
}

TEST(Demand, E5Lanes) {
    expect_lanes_equal_scalars(
        [](auto change, auto efficiency, auto size, auto backlog, auto order) {
            return demand_growth(response(0.6, 0.04, 0.02, 0.5),
                                 DemandForces<decltype(change)>{decltype(change)(0.02), change, efficiency, size,
                                                                backlog, order, 0.02, 0.1},
                                 0.25);
        },
        Span{-0.5, 0.5}, Span{-2, 2}, Span{-10, 5}, Span{0, 2}, Span{-3, 3});
}

}  // namespace
