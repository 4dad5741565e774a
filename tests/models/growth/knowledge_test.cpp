// Agglomeration: what neighbours give and crowding takes.
#include "models/growth/knowledge.hpp"

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

// (E94) 1 per cent of sales is full: half of it counts half, twice as much no more
TEST(Knowledge, E94SupportDoseByHand) {
    EXPECT_NEAR(support_dose(0.005, 1.0, 0.01), 0.5, 1e-15);
    EXPECT_EQ(support_dose(0.02, 1.0, 0.01), 1.0);
    EXPECT_EQ(support_dose(0.0, 1.0, 0.01), 0.0);
    EXPECT_EQ(support_dose(0.0, 0.0, 0.01), 0.0);
    EXPECT_NEAR(support_dose(0.005, 2.0, 0.01), 0.25, 1e-15);  // the same money to a firm twice as large
}

// (E26) 0.75 (0.02 x 0.1 + 0.02 x 0.05) - 0.25 x 0.01 x 0.8^2 - 0.25 x 0.01 x 0.5
//       = 0.00225 - 0.0016 - 0.00125 = -0.0006; with full support of its own 0.00065 + 0.25 x 0.02 = 0.00565
template <class T>
T gain(const Surroundings<T>& around, double congestion, double subsidised_rivals, double h, double support_gain = 0) {
    KnowledgeParameters p;
    p.congestion = congestion;
    p.subsidised_rivals = subsidised_rivals;
    p.support_gain = support_gain;
    return spillover_gain(p, around, h);
}

TEST(Knowledge, E26SpilloverByHand) {
    EXPECT_NEAR(gain(Surroundings<double>{0.75, 0.02, 0.02, 0.0, 0.1, 0.05, 0.8, 0.5}, 0.01, 0.01, 0.25), -0.0006,
                1e-17);
    EXPECT_NEAR(gain(Surroundings<double>{0.75, 0.02, 0.02, 1.0, 0.1, 0.05, 0.8, 0.5}, 0.01, 0.01, 0.25, 0.02), 0.00565,
                1e-17);
    // half supported: 0.00065 + 0.25 x 0.02 / 2 - 0.25 x 0.01 x 0.5 / 2
    EXPECT_NEAR(gain(Surroundings<double>{0.75, 0.02, 0.02, 0.5, 0.1, 0.05, 0.8, 0.5}, 0.01, 0.01, 0.25, 0.02),
                0.002525, 1e-17);
}

// Where all firms are alike, support gains at least what it costs for as many as gain as much as the others lose.
TEST(Knowledge, E26SupportOfAShareOfLikeFirmsDoesNoHarm) {
    for (const double share : {0.0, 0.1, 0.5, 1.0}) {
        const Surroundings<double> with{0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, share},
            without{0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, share};
        const double mean =
            share * gain(with, 0.0, 0.01, 0.25, 0.01) + (1 - share) * gain(without, 0.0, 0.01, 0.25, 0.01);
        EXPECT_NEAR(mean, 0.25 * 0.01 * share * share, 1e-17);
    }
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
