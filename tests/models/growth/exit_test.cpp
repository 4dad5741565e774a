// Exit: the hazard of closing and the chance it makes.
#include "models/growth/exit.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

constexpr auto hazard = [](auto sales, auto debt, auto young, auto guaranteed) {
    return closure_hazard(sales, debt, young, guaranteed, 0.035, 0.25, 1.6, 1.5, 1.25);
};

// (E33) 0.035 x 16^-0.25 x e^(1.5 x 8/16) x 1.6 x 1.25 = 0.035 x 0.5 x 2 e^0.75
TEST(Exit, E33HazardByHand) {
    EXPECT_NEAR(hazard(16.0, 8.0, 1.0, 1.0), 0.035 * std::exp(0.75), 1e-16);
    EXPECT_NEAR(hazard(1.0, 0.0, 0.0, 0.0), 0.035, 1e-17);
}

TEST(Exit, E33MonotoneAndBounded) {
    EXPECT_LT(hazard(2.0, 0.0, 0.0, 0.0), hazard(1.0, 0.0, 0.0, 0.0));
    EXPECT_GT(hazard(1.0, 0.5, 0.0, 0.0), hazard(1.0, 0.0, 0.0, 0.0));
    EXPECT_NEAR(hazard(1.0, 0.5, 1.0, 0.0), 1.6 * hazard(1.0, 0.5, 0.0, 0.0), 1e-16);
    EXPECT_NEAR(hazard(1.0, 0.5, 0.0, 1.0), 1.25 * hazard(1.0, 0.5, 0.0, 0.0), 1e-16);
    EXPECT_EQ(hazard(1.0, 1000.0, 0.0, 0.0), hazard(1.0, 2.0, 0.0, 0.0));  // debt beyond two years of sales
    EXPECT_EQ(hazard(0.0, 0.0, 0.0, 0.0), hazard(1e-3, 0.0, 0.0, 0.0));    // and no infinity at zero sales
}

// (E34) 1 - e^(-ln 4 / 2) = 1/2
TEST(Exit, E34EventChanceByHand) {
    EXPECT_NEAR(event_chance(sim::log(4.0), 0.5), 0.5, 1e-16);
    EXPECT_EQ(event_chance(0.0, 0.25), 0.0);
    EXPECT_EQ(event_chance(1e5, 0.25), 1.0);
    EXPECT_NEAR(event_chance(0.04, 0.25), 0.01, 1e-4);  // rare events: hazard by time
    EXPECT_NEAR(1 - event_chance(0.7, 1.0), std::pow(1 - event_chance(0.7, 0.25), 4), 1e-15);
}

TEST(Exit, Lanes) {
    expect_lanes_equal_scalars(hazard, Span{0, 50}, Span{0, 100}, Span{0, 1}, Span{0, 1});
    expect_lanes_equal_scalars([](auto rate) { return event_chance(rate, 0.25); }, Span{0, 5});
}

}  // namespace
