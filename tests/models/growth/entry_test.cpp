// Entry: how many are expected, the chance of a slot, and who is really new.
#include "models/growth/entry.hpp"

#include <set>

#include "models/growth/loops.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

// (E30) 0.08 x 100 e^(2 x 0.05) / 4 = 2 e^0.1
TEST(Entry, E30ExpectedStartUpsByHand) {
    EXPECT_NEAR(expected_start_ups(0.08, 100, 2.0, 0.05, 0.25), 2 * std::exp(0.1), 1e-14);
    EXPECT_EQ(expected_start_ups(0.08, 100, 2.0, 0.0, 0.25), 0.08 * 100 * 0.25);  // normal growth
    EXPECT_EQ(expected_start_ups(0.08, 100, 0.0, 0.5, 0.25), 0.08 * 100 * 0.25);  // no response
    EXPECT_EQ(expected_start_ups(0.08, 0, 2.0, 0.05, 0.25), 0.0);
    EXPECT_LT(expected_start_ups(0.08, 100, 2.0, -0.05, 0.25), 2.0);
}

// (E31) 1.5 expected over 6 slots: 1/4 each; never above 1
TEST(Entry, E31SlotChanceByHand) {
    EXPECT_EQ(slot_chance(1.5, 6), 0.25);
    EXPECT_EQ(slot_chance(0, 6), 0.0);
    EXPECT_EQ(slot_chance(7, 6), 1.0);
}

// The chance of a firm is that of its id, so no two firms that live together may share one.
TEST(Entry, NoTwoLivingFirmsShareAnId) {
    const auto c = growth_tests::flagship();
    for (std::uint32_t replicate = 0; replicate < 3; ++replicate) {
        growth_tests::Replicate run(c, replicate);
        run.through(Growth::steps(c), [](int) {});
        std::set<std::uint64_t> ids;
        std::size_t living = 0;
        for (const Cell& cell : run.state.cells)
            for_each_living(run.state, cell, [&](sim::Index row) {
                ids.insert(run.state.firms.id(row));
                ++living;
            });
        EXPECT_EQ(ids.size(), living);
    }
}

}  // namespace
