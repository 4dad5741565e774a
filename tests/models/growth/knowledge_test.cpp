// Agglomeration: what neighbours give and crowding takes.
#include "models/growth/knowledge.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

// (E26) 0.75 (0.02 x 0.1 + 0.02 x 0.05) - 0.25 x 0.01 x 0.8^2 - 0.25 x 0.01 x 0.5
//       = 0.00225 - 0.0016 - 0.00125 = -0.0006; with support of its own +0.00065
template <class T>
T gain(const Surroundings<T>& around, double congestion, double subsidised_rivals, double h) {
    KnowledgeParameters p;
    p.congestion = congestion;
    p.subsidised_rivals = subsidised_rivals;
    return spillover_gain(p, around, h);
}

TEST(Knowledge, E26SpilloverByHand) {
    EXPECT_NEAR(gain(Surroundings<double>{0.75, 0.02, 0.02, 0.0, 0.1, 0.05, 0.8, 0.5}, 0.01, 0.01, 0.25), -0.0006,
                1e-17);
    EXPECT_NEAR(gain(Surroundings<double>{0.75, 0.02, 0.02, 1.0, 0.1, 0.05, 0.8, 0.5}, 0.01, 0.01, 0.25), 0.00065,
                1e-17);
}

TEST(Knowledge, E26EachReasonAlone) {
    EXPECT_EQ(gain(Surroundings<double>{1.0, 0.0, 0.0, 0.0, 0.1, 0.05, 0.8, 0.5}, 0.0, 0.0, 0.25), 0.0);
    EXPECT_EQ(gain(Surroundings<double>{1.0, 0.02, 0.02, 0.0, 0.0, 0.0, 0.0, 0.0}, 0.01, 0.01, 0.25),
              0.0);  // nothing changes
    EXPECT_NEAR(gain(Surroundings<double>{1.0, 0.02, 0.0, 0.0, 0.1, 0.0, 0.0, 0.0}, 0.0, 0.0, 0.25), 0.002, 1e-17);
    // Elasticities count changes, whatever the length of the step; losses count time.
    EXPECT_EQ(gain(Surroundings<double>{1.0, 0.02, 0.02, 0.0, 0.1, 0.1, 0.5, 0.5}, 0.0, 0.0, 0.25),
              gain(Surroundings<double>{1.0, 0.02, 0.02, 0.0, 0.1, 0.1, 0.5, 0.5}, 0.0, 0.0, 1.0));
    EXPECT_NEAR(gain(Surroundings<double>{1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0}, 0.04, 0.0, 0.25), -0.01, 1e-17);
    // Crowding grows with the square of the land in use.
    EXPECT_NEAR(gain(Surroundings<double>{1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 0.0}, 0.04, 0.0, 0.25), -0.0025, 1e-17);
}

TEST(Knowledge, E26Lanes) {
    expect_lanes_equal_scalars(
        [](auto absorbs, auto treated) {
            const decltype(absorbs) own = 0.02, others = 0.02;
            return gain(Surroundings<decltype(absorbs)>{absorbs, own, others, treated, 0.1, 0.05, 0.8, 0.5}, 0.01, 0.01,
                        0.25);
        },
        Span{0.5, 1}, Span{0, 1});
}

}  // namespace
