// Grants: what is added by a yuan, what is misused, and that the whole budget finds somebody.
#include "models/growth/policy/grants.hpp"

#include "models/growth/loops.hpp"
#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;
using growth_tests::component;
using growth_tests::delivered;
using growth_tests::lever;
using growth_tests::PolicyRun;
using growth_tests::total_of;

// (E39) 1.05 x (1 - 0.45) x 2 = 1.155
TEST(Grants, E39SpendingAddedByHand) {
    EXPECT_NEAR(spending_added(2.0, 0.45, 1.05), 1.155, 1e-15);
    EXPECT_EQ(spending_added(2.0, 1.0, 1.05), 0.0);
    EXPECT_EQ(spending_added(0.0, 0.45, 1.05), 0.0);
    EXPECT_LT(spending_added(2.0, 0.45, -0.5), 0.0);  // crowding out is possible
}

// 3 a year, 0.75 a quarter: 0.8 delivered, a quarter of it misused, and 0.5 spent for each yuan that is left.
TEST(Grants, AddWhatTheyAreGrantedFor) {
    for (const std::string use : {"research", "equipment", "cash"}) {
        PolicyRun run({lever("trial", "budget = 3"),
                       component("grants", "use = \"" + use +
                                               "\", size = 0.025, misuse = 0.25, additionality_small = "
                                               "0.5, additionality_large = 0.5")});
        const auto& f = run.state.firms;
        const auto funds = [&] { return run.sum([&](sim::Index row) { return f.research_fund(row); }); };
        const auto orders = [&] { return run.sum([&](sim::Index row) { return f.under_way(row); }); };
        const double fund = funds(), order = orders();
        run.step();
        const double honest = 0.75 * delivered * 0.75;
        EXPECT_NEAR(funds() - fund, use == "research" ? 0.5 * honest : 0, 1e-10) << use;
        const double spent = (orders() - order) * run.state.city.capital_price;
        EXPECT_NEAR(spent, use == "equipment" ? 0.5 * honest : 0, 1e-10) << use;
        EXPECT_NEAR(run.sum([&](sim::Index row) { return f.grants(row); }), honest, 1e-12) << use;
        const auto used = total_of(run.lever());
        EXPECT_NEAR(used.money, 0.75, 1e-12);
        EXPECT_NEAR(used.received, honest, 1e-12);
        EXPECT_NEAR(used.leaked, 0.75 - honest, 1e-12);
        EXPECT_EQ(run.lever().ledger[public_at_large].money, 0.0);  // all of it goes to firms
    }
}

TEST(Grants, AddByTheSizeOfTheFirm) {
    PolicyRun run({lever("trial", "budget = 8"), component("grants",
                                                           "size = 0.02, misuse = 0, additionality_small = "
                                                           "1.25, additionality_large = 0.25")});
    const auto& f = run.state.firms;
    std::vector<double> before;
    for (sim::Index row = 0; row < f.id.rows(); ++row) before.push_back(f.research_fund(row));
    run.step();
    int small = 0, large = 0;
    static_cast<void>(run.sum([&](sim::Index row) {
        if (f.grants(row) == 0) return 0.0;
        const bool is_large = f.sales(row) >= run.config.parameters.standing.large_sales;
        (is_large ? large : small) += 1;
        EXPECT_NEAR(f.research_fund(row) - before[static_cast<std::size_t>(row)],
                    (is_large ? 0.25 : 1.25) * f.grants(row), 1e-12);
        return 0.0;
    }));
    EXPECT_EQ(small + large, 100);  // 2 at 0.02 each
    EXPECT_GT(small, 5);
    EXPECT_GT(large, 5);
}

// A budget that is less than a grant a quarter waits until it makes a whole one: 0.3 a year, 0.075 a quarter, of 0.2
// each.
TEST(Grants, HaveTheirSizeWhateverTheBudget) {
    PolicyRun run({lever("trial", "budget = 0.3"), component("grants", "use = \"cash\", size = 0.2, misuse = 0")});
    for (int n = 0; n < 8; ++n) {
        run.step();
        const double whole = std::floor(0.075 * (n + 1) / 0.2 + 1e-9) - std::floor(0.075 * n / 0.2 + 1e-9);
        EXPECT_NEAR(total_of(run.lever()).money, 0.2 * whole, 1e-12) << n;
        EXPECT_NEAR(run.lever().account.waiting, std::fmod(0.075 * (n + 1) + 1e-12, 0.2), 1e-9) << n;
        std::size_t receivers = 0;
        static_cast<void>(run.sum([&](sim::Index row) {
            receivers += run.state.firms.grants(row) > 0;
            return 0.0;
        }));
        EXPECT_EQ(static_cast<double>(receivers), whole) << n;
        EXPECT_EQ(run.lever().account.lapsed, 0.0);
    }
}

// Misuse moves by its channel; the share of the budget that no row has buys services.
TEST(Grants, ShareTheBudgetAndMisuseLessUnderReview) {
    PolicyRun run({lever("trial", "budget = 4, effort = 1"),
                   component("grants", "share = 0.25, size = 0.025, use = \"cash\", misuse = 0.5"),
                   component("grants", "share = 0.5, size = 0.025, use = \"cash\", misuse = 0", "clean"),
                   component("responses", "dose = \"effort\", channel = \"misuse\", effect = 0.5")});
    run.step();
    const auto used = total_of(run.lever());
    const double misused = 0.5 * std::pow(0.5, delivered);
    EXPECT_NEAR(used.received, delivered * (0.25 * (1 - misused) + 0.5), 1e-12);
    EXPECT_NEAR(used.services, 0.25, 1e-15);
    EXPECT_NEAR(used.money, 1, 1e-12);
}

// Who may receive is who does: growing firms of one industry with sales between 0.5 and 4.
TEST(Grants, ReachWhoIsEligibleAndLapseWhereNobodyIs) {
    PolicyRun run({lever("trial",
                         "budget = 4, eligible = { industries = [\"materials\"], tiers = [\"growing\", "
                         "\"other\"], min_sales = 0.5, max_sales = 4 }"),
                   component("grants", "use = \"cash\", size = 0.01, tiers = [\"growing\", \"leading\"]"),
                   lever("nobody", "budget = 2, eligible = { min_sales = 100000 }"),
                   component("grants", "use = \"cash\"", "none", "nobody")});
    run.step();
    const auto& f = run.state.firms;
    double firms = 0, paid = 0;
    for (const Cell& cell : run.state.cells)
        for_each_living(run.state, cell, [&](sim::Index row) {
            if (f.grants(row) == 0) return;
            firms += 1, paid += f.grants(row) / delivered / (1 - 0.45);
            EXPECT_EQ(run.config.industries[cell.industry].key, "materials");
            EXPECT_EQ(f.tier(row), static_cast<double>(Tier::growing));
            EXPECT_GE(f.sales(row), 0.5);
            EXPECT_LE(f.sales(row), 4);
        });
    EXPECT_GT(firms, 0);
    EXPECT_NEAR(paid, 0.01 * firms, 1e-12);  // nobody is chosen twice
    EXPECT_NEAR(run.lever().account.lapsed, 1 - 0.01 * firms, 1e-12);
    EXPECT_EQ(run.lever("nobody").account.lapsed, 0.5);
    EXPECT_EQ(total_of(run.lever("nobody")).money, 0.0);
}

}  // namespace
