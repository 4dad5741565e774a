// Demand: orders with fat tails, and growth as the sum of its reasons.
#include "models/growth/demand.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

DemandParameters response(double change, double level, double size_drag) {
    DemandParameters p;
    p.change_response = change, p.level_response = level, p.size_drag = size_drag;
    return p;
}

// (E4) spread 0.3 x 16^-0.15 = 0.3 x 2^-0.6, times sqrt(4) x (-0.5) = -1
TEST(Demand, E4LargeOrderByHand) {
    const double spread = order_spread(0.3, 0.15, sim::log(16.0));
    EXPECT_NEAR(spread, 0.3 * std::pow(2.0, -0.6), 1e-15);
    EXPECT_NEAR(large_order(spread, 4.0, -0.5), -spread, 1e-15);
    EXPECT_NEAR(order_spread(0.3, 0.15, 0.0), 0.3, 1e-15);  // the firm of mean size
}

TEST(Demand, E4LimitsAndSigns) {
    EXPECT_EQ(large_order(order_spread(0.0, 0.15, 1.0), 2.0, 1.0), 0.0);
    EXPECT_EQ(order_spread(3.0, 0.15, 0.0), 0.6);  // no wilder
    EXPECT_EQ(order_spread(0.3, 0.0, -2.0), order_spread(0.3, 0.0, 2.0));
    EXPECT_GT(order_spread(0.3, 0.15, -2.0), order_spread(0.3, 0.15, 2.0));  // small firms jump more
}

// Laplace with standard deviation s: mean |x| = s / sqrt(2), mean x^2 = s^2, mean x^4 = 6 s^4. Here s = 1.
TEST(Demand, E4IsLaplace) {
    constexpr int n = 200'000;
    double first = 0, second = 0, fourth = 0;
    for (int k = 0; k < n; ++k) {
        const auto u = growth_tests::chance(static_cast<std::uint64_t>(k));
        const double x = large_order(1.0, sim::exponential_from(u[0]), sim::normal_pair(u[1], u[2])[0]);
        first += std::abs(x) / n, second += x * x / n, fourth += x * x * x * x / n;
    }
    EXPECT_NEAR(first, std::sqrt(0.5), 5 * std::sqrt(0.5 / n));  // Var |x| = 1 - 1/2
    EXPECT_NEAR(second, 1, 5 * std::sqrt(5.0 / n));              // Var x^2 = 6 - 1
    EXPECT_NEAR(fourth, 6, 5 * std::sqrt(2484.0 / n));           // Var x^4 = 8!/2^4 - 6^2 = 2520 - 36
}

// (E80) 0.2 + ln(1 - 0.08) - 0.25 x (-0.4) + ln(1 - 0.5625 x 0.08) - ln(1 - 0.08); without an order last year the new one
// alone
TEST(Demand, E80ChangeByHand) {
    EXPECT_NEAR(change_by_orders(0.2, -0.4, 0.4, 0.25), 0.2 + 0.1 + std::log(0.955), 1e-15);
    EXPECT_NEAR(change_by_orders(0.2, 0.0, 0.4, 0.25), 0.2 + std::log(0.92), 1e-15);
    EXPECT_NEAR(change_by_orders(0.0, 0.3, 0.0, 1.0), -0.3, 1e-15);  // all of it is over
    EXPECT_EQ(change_by_orders(0.0, 0.3, 0.0, 0.0), 0.0);            // none of it is
}

// Orders redistribute and do not add: demand after an order has the mean of demand before, at once and when its
// transitory share is over. At s = 0.4 the variances are 0.92^2 / 0.68 - 1 = 0.2447 and, at k = 1/2, 0.98^2 / 0.92 - 1
// = 0.0439.
TEST(Demand, E80AddsNothingToTheTotal) {
    constexpr int n = 200'000;
    double at_once = 0, in_the_end = 0;
    for (int k = 0; k < n; ++k) {
        const auto u = growth_tests::chance(static_cast<std::uint64_t>(k), 2);
        const double order = large_order(0.4, sim::exponential_from(u[0]), sim::normal_pair(u[1], u[2])[0]);
        const double nothing = std::log(1 - 0.08);  // what a year without an order of its own brings
        const double arrives = change_by_orders(order, 0.0, 0.4, 0.5);
        at_once += std::exp(arrives) / n;
        in_the_end += std::exp(arrives + change_by_orders(0.0, order, 0.4, 0.5) - nothing) / n;
    }
    EXPECT_NEAR(at_once, 1, 5 * std::sqrt(0.2447 / n));
    EXPECT_NEAR(in_the_end, 1, 5 * std::sqrt(0.0439 / n));
}

TEST(Demand, E4Lanes) {
    expect_lanes_equal_scalars(
        [](auto size, auto v, auto e) { return large_order(order_spread(0.3, 0.15, size), v, e); }, Span{-10, 5},
        Span{1e-9, 20}, Span{-6, 6});
    expect_lanes_equal_scalars([](auto x, auto last, auto s) { return change_by_orders(x, last, s, 0.25); },
                               Span{-3, 3}, Span{-3, 3}, Span{0, 0.6});
}

// (E5) 0.02 + 0.6 (0.05 - 0.25 x 0.02) + 0.25 x 0.04 (0.3 - 0.1) - 0.25 x 0.02 x 1.5 + 0.1
//      = 0.02 + 0.027 + 0.002 - 0.0075 + 0.1 = 0.1415
TEST(Demand, E5GrowthByHand) {
    EXPECT_NEAR(
        demand_growth(response(0.6, 0.04, 0.02), DemandForces<double>{0.02, 0.05, 0.3, 1.5, 0.1, 0.02, 0.1}, 0.25),
        0.1415, 1e-16);
}

TEST(Demand, E5EachReasonAlone) {
    const auto growth = [](double change, double efficiency, double size, double order) {
        return demand_growth(response(0.6, 0.04, 0.02),
                             DemandForces<double>{0.0, change, efficiency, size, order, 0.0, 0.0}, 0.25);
    };
    EXPECT_EQ(growth(0, 0, 0, 0), 0);
    EXPECT_NEAR(growth(0.1, 0, 0, 0), 0.06, 1e-16);   // a change counts once, whatever the step
    EXPECT_NEAR(growth(0, 0.1, 0, 0), 0.001, 1e-16);  // a level counts by time
    EXPECT_NEAR(growth(0, 0, 1, 0), -0.005, 1e-16);   // the large grow slower
    EXPECT_EQ(growth(0, 0, 0, -0.3), -0.3);
}

// A firm that keeps up with the nation in level and in growth grows with national demand.
TEST(Demand, E5KeepingUpIsStandingStill) {
    EXPECT_NEAR(
        demand_growth(response(0.6, 0.04, 0.02), DemandForces<double>{0.03, 0.005, 0.7, 0.0, 0.0, 0.02, 0.7}, 0.25),
        0.03, 1e-16);
}

// (E68) 12 a year come in; of 2 that wait a quarter delivers 1 - e^(-1), a year's rate of four times that
TEST(Demand, E68OrdersDueByHand) {
    EXPECT_NEAR(orders_due(12.0, 2.0, 0.25, 0.25), 12 + 8 * (1 - std::exp(-1.0)), 1e-14);
    EXPECT_EQ(orders_due(12.0, 0.0, 0.25, 0.25), 12.0);
    EXPECT_NEAR(orders_due(0.0, 2.0, 1e-6, 0.25), 8, 1e-14);  // who delivers at once delivers all of it in the step
    EXPECT_LT(orders_due(12.0, 2.0, 0.5, 0.25), orders_due(12.0, 2.0, 0.25, 0.25));
}

// (E69) 2 wait, 12 a year come in and 8 are made: 2 + 1 = 3 after a quarter, of which a tenth is cancelled
TEST(Demand, E69OrdersWaitingByHand) {
    EXPECT_NEAR(orders_waiting(2.0, 12.0, 8.0, 0.9, 0.25), 2.7, 1e-15);
    EXPECT_EQ(orders_waiting(2.0, 12.0, 20.0, 1.0, 0.25), 0.0);
    EXPECT_EQ(orders_waiting(0.0, 12.0, 12.0, 0.9, 0.25), 0.0);
}

// What comes in is delivered, waits or is cancelled: nothing else happens to an order.
TEST(Demand, E68AndE69LoseNoOrder) {
    double waiting = 0, came = 0, made = 0, cancelled = 0;
    const double h = 0.25, kept = std::exp(-0.5 * h);
    for (int step = 0; step < 40; ++step) {
        const double demand = step < 20 ? 15.0 : 5.0, capacity = 10.0;
        const double output = std::min(orders_due(demand, waiting, 0.25, h), capacity);
        const double before = waiting + h * (demand - output);
        waiting = orders_waiting(waiting, demand, output, kept, h);
        came += h * demand, made += h * output, cancelled += before - waiting;
    }
    EXPECT_NEAR(came, made + cancelled + waiting, 1e-12);
    EXPECT_GT(cancelled, 1);
    EXPECT_LT(waiting, 0.1);
}

// (E74) of 2 that wait a fifth is cancelled, and takes customers of 0.4 along; never more than half of all
TEST(Demand, E74CustomersLostByHand) {
    EXPECT_NEAR(customers_lost(2.0, 12.0, 0.2), 0.4, 1e-15);
    EXPECT_EQ(customers_lost(100.0, 12.0, 0.2), 6.0);
    EXPECT_EQ(customers_lost(0.0, 12.0, 0.2), 0.0);
}

// (E75) 0.3 (5 - 2) + 0.7 (3 - 1) = 2.3 of 100
TEST(Demand, E75ChurnByHand) {
    EXPECT_NEAR(growth_by_churn({5, 2, 3, 1, 100}, 0.3), std::log(1.023), 1e-15);
    EXPECT_EQ(growth_by_churn({5, 2, 3, 1, 0}, 0.3), 0.0);    // nobody is there
    EXPECT_EQ(growth_by_churn({2, 2, 2, 2, 100}, 0.3), 0.0);  // as many come as go
    EXPECT_NEAR(growth_by_churn({500, 0, 0, 0, 100}, 1), std::log(1.6), 1e-15);
    EXPECT_NEAR(growth_by_churn({0, 500, 0, 0, 100}, 1), std::log(0.6), 1e-15);
}

// A city in which as much happens as in the base year keeps its demand, whatever the share of local rivals: those who
// stay win what the others lost less what the entrants took.
TEST(Demand, E75KeepsTheTotalOfANormalYear) {
    const double all = 100, lost = 4, taken = 3;
    for (const double local : {0.0, 0.3, 1.0}) {
        const double stayers = (all - lost) * std::exp(growth_by_churn({lost, taken, lost, taken, all - lost}, local));
        EXPECT_NEAR(stayers + taken, all, 1e-12);
    }
}

// (E83) prices halve beyond their trend: 2^0.5 times the demand at an elasticity of a half
TEST(Demand, E83DemandOfPriceByHand) {
    EXPECT_NEAR(std::exp(demand_of_price(std::log(0.5), 0.5)), std::sqrt(2.0), 1e-15);
    EXPECT_EQ(demand_of_price(0.1, 0.0), 0.0);
    EXPECT_NEAR(demand_of_price(0.1, 0.8), -0.08, 1e-16);
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
        [](auto change, auto efficiency, auto size, auto order) {
            return demand_growth(
                response(0.6, 0.04, 0.02),
                DemandForces<decltype(change)>{decltype(change)(0.02), change, efficiency, size, order, 0.02, 0.1},
                0.25);
        },
        Span{-0.5, 0.5}, Span{-2, 2}, Span{-10, 5}, Span{-3, 3});
}

TEST(Demand, LanesOfOrders) {
    expect_lanes_equal_scalars([](auto d, auto b) { return orders_due(d, b, 0.3, 0.25); }, Span{0, 50}, Span{0, 20});
    expect_lanes_equal_scalars([](auto b, auto d, auto q) { return orders_waiting(b, d, q, 0.9, 0.25); }, Span{0, 20},
                               Span{0, 50}, Span{0, 50});
    expect_lanes_equal_scalars([](auto b, auto d) { return customers_lost(b, d, 0.2); }, Span{0, 200}, Span{0, 50});
}

}  // namespace
