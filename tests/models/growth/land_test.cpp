// Land: what an expansion needs, what fits, and who comes first.
#include "models/growth/land.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

// (E27) (10 + 2 + 3) / 0.05 - 250 = 300 - 250 = 50 mu
TEST(Land, E27LandNeededByHand) {
    EXPECT_NEAR(land_needed(10.0, 2.0, 3.0, 250.0, 0.05), 50, 1e-11);
    EXPECT_EQ(land_needed(10.0, 2.0, 3.0, 310.0, 0.05), 0.0);
    EXPECT_EQ(land_needed(0.0, 0.0, 0.0, 0.0, 0.05), 0.0);
    EXPECT_LT(land_needed(10.0, 2.0, 3.0, 250.0, 0.06), land_needed(10.0, 2.0, 3.0, 250.0, 0.05));
}

// (E28) 0.05 x 250 - 10 - 2 = 0.5 of the 3 fit
TEST(Land, E28OrderWithinLandByHand) {
    EXPECT_NEAR(order_within_land(10.0, 2.0, 3.0, 250.0, 0.05), 0.5, 1e-14);
    EXPECT_EQ(order_within_land(10.0, 2.0, 3.0, 400.0, 0.05), 3.0);
    EXPECT_EQ(order_within_land(10.0, 2.0, 3.0, 200.0, 0.05), 0.0);  // crowded already
}

// What does not fit is just what the land asked for would carry.
TEST(Land, E27AndE28Agree) {
    for (const double land : {240.0, 250.0, 290.0, 330.0}) {
        const double needed = land_needed(10.0, 2.0, 3.0, land, 0.05);
        const double fits = order_within_land(10.0, 2.0, 3.0, land, 0.05);
        EXPECT_NEAR(fits + 0.05 * needed, 3, 1e-13);
    }
}

// (E29) 0.3 ln 8 + 1 x 0.7
TEST(Land, E29QueuePriorityByHand) {
    EXPECT_NEAR(queue_priority(8.0, 0.3, 1.0, 0.7), 0.3 * std::log(8.0) + 0.7, 1e-15);
    EXPECT_EQ(queue_priority(1.0, 0.3, 0.0, 0.7), 0.0);
    EXPECT_GT(queue_priority(9.0, 0.3, 1.0, 0.7), queue_priority(8.0, 0.3, 1.0, 0.7));
    EXPECT_EQ(queue_priority(9.0, 0.0, 2.0, 0.7), 1.4);  // chance alone
}

TEST(Land, Lanes) {
    expect_lanes_equal_scalars([](auto k, auto w, auto i, auto m) { return land_needed(k, w, i, m, 0.045); },
                               Span{0, 50}, Span{0, 10}, Span{0, 10}, Span{0, 2000});
    expect_lanes_equal_scalars([](auto k, auto w, auto i, auto m) { return order_within_land(k, w, i, m, 0.045); },
                               Span{0, 50}, Span{0, 10}, Span{0, 10}, Span{0, 2000});
}

}  // namespace
