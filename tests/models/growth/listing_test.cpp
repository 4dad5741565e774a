// Going public: what it brings.
#include "models/growth/listing.hpp"

#include "models/growth/loops.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

// (E42) 0.8 x 5 = 4, and 0.8 x 50 = 40 only up to 8
TEST(Listing, E42ProceedsByHand) {
    EXPECT_EQ(listing_proceeds(5, 0.8, 8), 4);
    EXPECT_EQ(listing_proceeds(50, 0.8, 8), 8);
    EXPECT_EQ(listing_proceeds(0, 0.8, 8), 0);
    EXPECT_EQ(listing_proceeds(5e8, 0.8, 8e8), 4e8);  // in yuan
}

// (E98) of 4 raised, 0.15 go into R&D, if the firm does any
TEST(Listing, E98ResearchFromEquityByHand) {
    EXPECT_NEAR(research_from_equity(4, 0.02, 0.15), 0.6, 1e-15);
    EXPECT_EQ(research_from_equity(4, 0, 0.15), 0.0);
}

// Where exchanges are shut nobody is listed who was not before.
TEST(Listing, ShutExchangesListNobody) {
    const auto count = [](const char* share) {
        growth_tests::Replicate run(growth_tests::flagship({{"macro.ex_ante.listing", share},
                                                            {"parameters.listing.rate", "0.2"},
                                                            {"parameters.exit.merger_rate", "0"},
                                                            {"parameters.exit.closure_rate", "0"}}),
                                    0);
        const auto listed = [&] {
            double sum = 0;
            for (const Cell& cell : run.state.cells)
                for_each_living(run.state, cell, [&](sim::Index row) { sum += run.state.firms.listed(row); });
            return sum;
        };
        const double before = listed();
        run.through(8, [](int) {});
        return listed() - before;
    };
    EXPECT_LE(count("0"), 0);
    EXPECT_GT(count("1"), 10);
}

}  // namespace
