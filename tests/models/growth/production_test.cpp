// Production: capacity, output and the capital and labour that a demand asks for fit together.
#include "models/growth/production.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

ProductionParameters technique(double capital_share, double utilisation, double crew_max = 1.25) {
    ProductionParameters p;
    p.capital_share = capital_share, p.utilisation_normal = utilisation, p.crew_max = crew_max;
    return p;
}

// (E6) 2 sqrt(16 x 81) / 0.25 = 2 x 36 / 0.25 = 288
TEST(Production, E6CapacityByHand) {
    EXPECT_NEAR(capacity(sim::log(2.0), 16.0, 81.0, 0.5, 0.25), 288, 1e-12);
    EXPECT_NEAR(capacity(0.0, 5.0, 5.0, 0.4, 0.2), 25, 1e-13);  // K = L: Y = K / v
}

TEST(Production, E6ConstantReturnsAndElasticities) {
    const double base = capacity(0.3, 7.0, 900.0, 0.4, 0.22);
    EXPECT_NEAR(capacity(0.3, 14.0, 1800.0, 0.4, 0.22), 2 * base, 1e-12 * base);
    EXPECT_NEAR(capacity(0.3, 14.0, 900.0, 0.4, 0.22), std::pow(2.0, 0.4) * base, 1e-12 * base);
    EXPECT_NEAR(capacity(0.3, 7.0, 1800.0, 0.4, 0.22), std::pow(2.0, 0.6) * base, 1e-12 * base);
    EXPECT_NEAR(capacity(1.3, 7.0, 900.0, 0.4, 0.22), std::exp(1.0) * base, 1e-12 * base);
    EXPECT_LT(capacity(0.0, 0.0, 100.0, 0.4, 0.2), 0.1);  // without capital next to nothing, and no NaN
    EXPECT_LT(capacity(0.0, 0.0, 0.0, 0.4, 0.2), 1e-10);
}

// (E7) the smaller of 100 and 0.95 x 120 = 114; of 100 and 0.95 x 80 = 76
TEST(Production, E7OutputByHand) {
    EXPECT_EQ(output(100.0, 120.0, 0.95), 100.0);
    EXPECT_EQ(output(100.0, 80.0, 0.95), 0.95 * 80);
    EXPECT_EQ(output(0.0, 80.0, 0.95), 0.0);
}

// (E8) v D / u = 0.25 x 340 / 0.85 = 100; e^a = 2, l^(1/2) = 5: K* = 100 / 10 = 10
TEST(Production, E8DesignedCapitalByHand) {
    EXPECT_NEAR(designed_capital(technique(0.5, 0.85), 340.0, sim::log(2.0), sim::log(25.0), 0.25), 10, 1e-13);
    EXPECT_EQ(designed_capital(technique(0.4, 0.85), 0.0, 0.3, 2.0, 0.2), 0.0);
}

// (E8) is (E6) turned round: K* with its crew makes D at normal utilisation.
TEST(Production, E8UndoesE6) {
    for (const double efficiency : {-1.5, 0.0, 0.8})
        for (const double log_crew : {1.0, 5.0, 8.0})
            for (const double demand : {0.01, 3.0, 400.0}) {
                const double capital = designed_capital(technique(0.4, 0.85), demand, efficiency, log_crew, 0.22);
                const double able = capacity(efficiency, capital, sim::exp(log_crew) * capital, 0.4, 0.22);
                EXPECT_NEAR(0.85 * able, demand, 1e-12 * demand);
                EXPECT_NEAR(designed_demand(technique(0.4, 0.85), capital, efficiency, log_crew, 0.22), demand,
                            1e-12 * demand);
            }
}

// (E9) with K = 10, e^a = 2, alpha = 1/2: L = (100 / (2 sqrt(10)))^2 = 250; twice the demand asks for four times as
// many, but 1.25 x 25 x 10 = 312.5 is a full crew
TEST(Production, E9LabourTargetByHand) {
    EXPECT_NEAR(labour_target(technique(0.5, 0.85, 1.25), 340.0, sim::log(2.0), 10.0, 25.0, 0.25), 250, 1e-11);
    EXPECT_NEAR(labour_target(technique(0.5, 0.85, 1.25), 680.0, sim::log(2.0), 10.0, 25.0, 0.25), 312.5, 1e-12);
    EXPECT_NEAR(labour_target(technique(0.5, 0.85, 1e3), 680.0, sim::log(2.0), 10.0, 25.0, 0.25), 1000, 1e-10);
    EXPECT_EQ(labour_target(technique(0.5, 0.85, 1.25), 340.0, 0.5, 0.0, 25.0, 0.25), 0.0);  // no machine, no crew
    EXPECT_LT(labour_target(technique(0.4, 0.85, 1.25), 0.0, 0.0, 10.0, 25.0, 0.25), 1e-12);
}

// (E10) half of the way in a half-life: 10 + (20 - 10) / 2 = 15
TEST(Production, E10PartialAdjustment) {
    EXPECT_NEAR(adjusted(10.0, 20.0, sim::log(2.0), 1.0), 15, 1e-14);
    EXPECT_EQ(adjusted(10.0, 20.0, 1.72, 0.0), 10.0);
    EXPECT_EQ(adjusted(10.0, 20.0, 1e4, 1.0), 20.0);
    EXPECT_EQ(adjusted(7.0, 7.0, 1.72, 0.25), 7.0);
    const double half = adjusted(10.0, 20.0, 1.72, 0.125);
    EXPECT_NEAR(adjusted(half, 20.0, 1.72, 0.125), adjusted(10.0, 20.0, 1.72, 0.25), 1e-14);
    EXPECT_NEAR(adjusted(0.0, 1.0, 1.72, 0.25), 0.35, 1e-3);  // "0.35 a quarter"
}

// (E70) a wedge of 0.1, and 0.05 x (0.95 - 0.85) for a full order book
TEST(Production, E70RelativePriceByHand) {
    EXPECT_NEAR(relative_price(0.1, 0.95, 0.85, 0.05), std::exp(0.105), 1e-15);
    EXPECT_EQ(relative_price(0.0, 0.85, 0.85, 0.05), 1.0);
    EXPECT_EQ(relative_price(0.0, 0.2, 0.85, 0.0), 1.0);
    EXPECT_LT(relative_price(0.0, 0.5, 0.85, 0.05), 1.0);  // idle plant sells cheaper
}

TEST(Production, Lanes) {
    expect_lanes_equal_scalars([](auto w, auto u) { return relative_price(w, u, 0.85, 0.05); }, Span{-0.5, 0.5},
                               Span{0, 1});
    expect_lanes_equal_scalars([](auto a, auto k, auto l) { return capacity(a, k, l, 0.4, 0.22); }, Span{-3, 3},
                               Span{0, 100}, Span{0, 1e5});
    expect_lanes_equal_scalars([](auto d, auto y) { return output(d, y, 0.95); }, Span{0, 100}, Span{0, 100});
    expect_lanes_equal_scalars(
        [](auto d, auto a, auto l) { return designed_capital(technique(0.4, 0.85), d, a, l, 0.22); }, Span{0, 100},
        Span{-3, 3}, Span{0, 9});
    expect_lanes_equal_scalars([](auto d, auto a, auto k,
                                  auto crew) { return labour_target(technique(0.4, 0.85, 1.25), d, a, k, crew, 0.22); },
                               Span{0, 100}, Span{-3, 3}, Span{0, 100}, Span{1, 1e4});
    expect_lanes_equal_scalars([](auto x, auto target) { return adjusted(x, target, 1.72, 0.25); }, Span{0, 1e4},
                               Span{0, 1e4});
}

}  // namespace
