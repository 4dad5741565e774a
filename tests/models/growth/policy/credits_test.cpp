// Credit: a volume that is kept up, what of it is new, and what it costs the public.
#include "models/growth/policy/credits.hpp"

#include "models/growth/loops.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;
using growth_tests::component;
using growth_tests::delivered;
using growth_tests::lever;
using growth_tests::PolicyRun;
using growth_tests::total_of;

// (E40) 0.5 / (1 + 10/10) = 0.25
TEST(Credits, E40IncrementalCreditByHand) {
    EXPECT_EQ(incremental_credit(0.5, 10, 10), 0.25);
    EXPECT_EQ(incremental_credit(0.5, 0, 10), 0.5);
    EXPECT_LT(incremental_credit(0.5, 1e6, 10), 1e-5);  // not scalable
}

double guaranteed(const PolicyRun& run) {
    return run.sum([&](sim::Index row) { return run.state.firms.guaranteed(row); });
}

// 20 of loans of which 0.6 / (1 + 20 / 20) = 0.3 is new and 0.8 of that delivered. What runs off is lent again.
TEST(Credits, KeepTheirVolume) {
    PolicyRun run({lever("trial", "loans = 20"), component("credits",
                                                           "loan_ratio = 0.15, incremental_share = 0.6, "
                                                           "scale = 20, loss_rate = 0.04, term_years = 2")});
    const auto k = run.config.components->of<Credit>().index_of("trial");
    for (int n = 0; n < 12; ++n) {
        run.step();
        ASSERT_NEAR(run.policy().components->of<Credit>()[k].outstanding, 20, 1e-10) << "step " << n;
        EXPECT_NEAR(guaranteed(run), 0.3 * delivered * 20, 1e-9) << "step " << n;
        EXPECT_NEAR(total_of(run.lever()).money, 0.04 * 20 / 4, 1e-11);
        EXPECT_NEAR(run.lever().account.beyond, 0.04 * 20 / 4, 1e-11);  // losses are bounded by no budget
    }
}

// When the volume falls, nothing more is lent and what is outstanding runs off with its term: e^(-1/4 / 2) a quarter.
TEST(Credits, RunOffWithTheirTerm) {
    PolicyRun run({lever("trial", "loans = { by_year = { 2011 = 20, 2012 = 0 } }"),
                   component("credits", "term_years = 2, loss_rate = 0")});
    for (int n = 0; n < 4; ++n) run.step();
    const double at_first = guaranteed(run);
    for (int n = 1; n <= 6; ++n) {
        run.step();
        EXPECT_NEAR(run.policy().components->of<Credit>().back().outstanding, 20 * std::exp(-0.125 * n), 1e-10);
        EXPECT_NEAR(guaranteed(run), at_first * std::exp(-0.125 * n), 1e-10);
    }
}

// No firm is lent more than its sales bear, so a volume beyond that does not go out. A firm that is not open yet, whose
// sales are next to nothing, need not be asked.
TEST(Credits, AreBoundedByTheSalesOfTheirFirms) {
    PolicyRun run({lever("trial", "loans = 10000, eligible = { industries = [\"information\"] }"),
                   component("credits", "loan_ratio = 0.1, incremental_share = 1, scale = 10000")});
    run.step();
    double sales = 0;
    for (const Cell& cell : run.state.cells)
        if (run.config.industries[cell.industry].key == "information")
            for_each_living(run.state, cell, [&](sim::Index row) {
                sales += run.state.firms.sales(row);
                EXPECT_LE(run.state.firms.guaranteed(row), 0.1 * run.state.firms.sales(row) * (1 + 1e-12));
            });
    EXPECT_NEAR(run.policy().components->of<Credit>().back().outstanding, 0.1 * sales, 1e-6);
}

// What the public pays of interest is what firms save: two rows with 4 and 1 points over volumes of 10 and 30.
TEST(Credits, PayTheInterestThatFirmsSave) {
    PolicyRun run(
        {lever("trial", "loans = 40"),
         component("credits", "share = 0.25, interest_subsidy = 0.04, incremental_share = 1, scale = 100"),
         component("credits", "share = 0.75, interest_subsidy = 0.01, incremental_share = 1, scale = 100", "two")});
    run.step();
    EXPECT_NEAR(run.policy().interest_cut, (0.04 * 10 + 0.01 * 30) / 40, 1e-12);
    const double saved = run.sum([&](sim::Index row) {
        const auto& f = run.state.firms;
        return run.policy().interest_cut * std::min(f.guaranteed(row), f.debt(row)) / 4;
    });
    EXPECT_GT(saved, 0.01);
    EXPECT_NEAR(total_of(run.lever()).services, saved, 1e-12);
}

}  // namespace
