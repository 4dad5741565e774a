// Land: what an expansion needs, what fits, and who comes first.
#include "models/growth/land.hpp"

#include "tests/models/growth/trial.hpp"

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

// (E77) 250 mu, 10 planned at 0.05 a mu: 200 are needed
TEST(Land, E77IdleLandByHand) {
    EXPECT_NEAR(land_idle(10.0, 250.0, 0.05), 50, 1e-12);
    EXPECT_EQ(land_idle(10.0, 150.0, 0.05), 0.0);
    EXPECT_EQ(land_idle(0.0, 150.0, 0.05), 150.0);
}

// (E78) half of what waits is built denser after T ln 2 years
TEST(Land, E78ShareBuiltDenserByHand) {
    EXPECT_NEAR(share_built_denser(2.0, 2 * std::log(2.0)), 0.5, 1e-15);
    EXPECT_EQ(share_built_denser(2.0, 0.0), 0.0);
    EXPECT_LT(share_built_denser(100.0, 0.25), 0.003);
}

// (E29) 0.3 ln 8 + 1 x 0.7
TEST(Land, E29QueuePriorityByHand) {
    EXPECT_NEAR(queue_priority(8.0, 0.3, 1.0, 0.7), 0.3 * std::log(8.0) + 0.7, 1e-15);
    EXPECT_EQ(queue_priority(1.0, 0.3, 0.0, 0.7), 0.0);
    EXPECT_GT(queue_priority(9.0, 0.3, 1.0, 0.7), queue_priority(8.0, 0.3, 1.0, 0.7));
    EXPECT_EQ(queue_priority(9.0, 0.0, 2.0, 0.7), 1.4);  // chance alone
}

// Of 0.3 of a place's 1000 mu without policy and what levers bring, 0.2 x 0.8 x 1000 = 160 and 80 mu, each lever is
// booked its part of whatever is given, and pays for serving it.
TEST(Land, IsBookedOnTheLeversThatBringIt) {
    using growth_tests::component;
    using growth_tests::lever;
    growth_tests::PolicyRun run(
        {{"parameters.land.normal_share", "0.3"},
         {"parameters.land.development_cost", "0.005"},
         {"places.zhuji.land_supply", "1000"},
         {"places.zhuji.governance", "0.8"},
         lever("share", "effort = 1, eligible = { places = [\"zhuji\"] }"),
         lever("served", "land = 100, eligible = { places = [\"zhuji\"] }"),
         component("responses", "dose = \"effort\", channel = \"land_share\", effect = 0.2", "one", "share"),
         component("responses", "dose = \"land\", channel = \"land_supply\", effect = 1", "two", "served")});
    run.step();
    const auto zhuji = run.config.places.index_of("zhuji"), shangyu = run.config.places.index_of("shangyu");
    run.state.land_reserve[zhuji] = 500;
    give_land(run.config, run.state, zhuji, 54);
    give_land(run.config, run.state, shangyu, 54);
    EXPECT_NEAR(run.state.land_reserve[zhuji], 446, 1e-12);
    for (const auto& [key, mu] : {std::pair{"share", 54 * 160.0 / 540}, std::pair{"served", 54 * 80.0 / 540}}) {
        const auto used = growth_tests::total_of(run.lever(key));
        EXPECT_NEAR(used.land, mu, 1e-12) << key;
        EXPECT_NEAR(used.money, 0.005 * mu, 1e-14) << key;
        EXPECT_NEAR(run.lever(key).account.beyond, 0.005 * mu, 1e-14) << key;
    }
}

TEST(Land, Lanes) {
    expect_lanes_equal_scalars([](auto k, auto m) { return land_idle(k, m, 0.045); }, Span{0, 50}, Span{0, 2000});
    expect_lanes_equal_scalars([](auto k, auto w, auto i, auto m) { return land_needed(k, w, i, m, 0.045); },
                               Span{0, 50}, Span{0, 10}, Span{0, 10}, Span{0, 2000});
    expect_lanes_equal_scalars([](auto k, auto w, auto i, auto m) { return order_within_land(k, w, i, m, 0.045); },
                               Span{0, 50}, Span{0, 10}, Span{0, 10}, Span{0, 2000});
}

}  // namespace
