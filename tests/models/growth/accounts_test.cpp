// Money: surplus, tax and credit by hand, and none of them depends on the unit of money.
#include "models/growth/accounts.hpp"

#include <string>

#include "models/growth/loops.hpp"
#include "models/growth/parameters/accounts.hpp"
#include "models/growth/state.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::expect_lanes_equal_scalars;
using growth_tests::Span;

const AccountParameters taxed = [] {
    AccountParameters p;
    p.tax_rate = 0.25, p.high_tech_tax_rate = 0.15;
    return p;
}();

AccountParameters lent(double middle) {
    AccountParameters p;
    p.credit_limit_small = 0.35, p.credit_limit_large = 0.6, p.credit_size_middle = middle;
    return p;
}

// (E11) 25 - 0.0004 x 2000 - 0.05 x 100 - 3 = 25 - 0.8 - 5 - 3 = 16.2
TEST(Accounts, E11SurplusByHand) {
    EXPECT_NEAR(operating_surplus(25.0, 5.0, 2000.0, 3.0, 0.0004), 16.2, 1e-14);
    EXPECT_EQ(operating_surplus(0.0, 0.0, 0.0, 0.0, 0.0004), 0.0);
    EXPECT_LT(operating_surplus(0.25, 0.05, 2000.0, 0.0, 0.0004), 0.0);  // losses are possible
    // In yuan instead of 1e8 yuan
    EXPECT_NEAR(operating_surplus(25e8, 5e8, 2000.0, 3e8, 0.0004e8), 16.2e8, 1e-5);
}

// (E12) base 16.2 - 1.2 - 5 = 10: 2.5 at 25 %, 1.5 at 15 %; none on a loss
TEST(Accounts, E12IncomeTaxByHand) {
    EXPECT_NEAR(income_tax(taxed, 16.2, 1.2, 5.0, 0.0), 2.5, 1e-14);
    EXPECT_NEAR(income_tax(taxed, 16.2, 1.2, 5.0, 1.0), 1.5, 1e-14);
    EXPECT_EQ(income_tax(taxed, 3.0, 1.2, 5.0, 0.0), 0.0);
    EXPECT_EQ(income_tax(taxed, 6.2, 1.2, 5.0, 0.0), 0.0);
    EXPECT_GT(income_tax(taxed, 17.0, 1.2, 5.0, 0.0), income_tax(taxed, 16.0, 1.2, 5.0, 0.0));
}

double credit_limit(const AccountParameters& p, double sales, double guaranteed, double added, double tightness) {
    const Borrower<double> whole{.sales = sales, .guaranteed = guaranteed, .added = added, .dependence = 1};
    return growth::credit_limit(p, whole, tightness);
}

// (E99) a tenth of the credit of a firm of 1,000 workers hangs on the city's banks
TEST(Accounts, E99BankDependenceByHand) {
    AccountParameters p;
    p.large_workers = 1000, p.large_dependence = 0.1;
    EXPECT_EQ(bank_dependence(p, 999.0), 1.0);
    EXPECT_EQ(bank_dependence(p, 1000.0), 0.1);
}

// (E13) 0.8 (2 (0.35 + 0.25 x 2 / (2 + 2) + 0.025) + 0.25) = 0.8 (2 x 0.5 + 0.25) = 1
TEST(Accounts, E13CreditLimitByHand) {
    EXPECT_NEAR(credit_limit(lent(2.0), 2.0, 0.25, 0.025, 0.8), 1, 1e-15);
    const auto usual = [](double sales, double guaranteed, double middle = 2) {
        return credit_limit(lent(middle), sales, guaranteed, 0.0, 1.0);
    };
    EXPECT_EQ(usual(0, 0), 0.0);
    EXPECT_NEAR(usual(1e-6, 0) / 1e-6, 0.35, 1e-6);     // the small
    EXPECT_NEAR(usual(1e9, 0) / 1e9, 0.6, 1e-8);        // the large
    EXPECT_NEAR(usual(2e8, 0.3e8, 2e8), 1.25e8, 1e-6);  // in yuan
    EXPECT_GT(usual(3, 0), 1.5 * usual(2, 0));
    // what policy adds counts by sales, a guarantee whatever they are, and a credit crunch hits both
    EXPECT_NEAR(credit_limit(lent(2.0), 2.0, 0.3, 0.1, 1.0), usual(2, 0) + 0.2 + 0.3, 1e-15);
    EXPECT_NEAR(credit_limit(lent(2.0), 2.0, 0.3, 0.1, 0.5), 0.5 * (usual(2, 0) + 0.5), 1e-15);
    EXPECT_EQ(credit_limit(lent(2.0), 2.0, 0.3, 0.1, 0.0), 0.0);
    // Who depends on the city's banks for a tenth loses a tenth: t = 1 - 0.1 x 0.2 = 0.98, and 0.1 x 0.05 less of
    // sales; what policy adds it has whole
    const auto elsewhere = [](double added, double tightness) {
        const Borrower<double> firm{.sales = 2, .guaranteed = 0.25, .added = added, .dependence = 0.1};
        return growth::credit_limit(lent(2.0), firm, tightness);
    };
    EXPECT_NEAR(elsewhere(0.025, 0.8), 0.98 * (2 * 0.5 + 0.25), 1e-15);
    EXPECT_NEAR(elsewhere(-0.05, 1.0), 2 * 0.47 + 0.25, 1e-15);
    EXPECT_EQ(elsewhere(0.0, 1.0), credit_limit(lent(2.0), 2.0, 0.25, 0.0, 1.0));
}

// (E50) 110 can be lent, 125 is owed
TEST(Accounts, E50CreditTightnessByHand) {
    EXPECT_NEAR(credit_tightness(110, 125), 0.88, 1e-15);
    EXPECT_EQ(credit_tightness(110, 90), 1.0);  // less is owed: no bound
    EXPECT_EQ(credit_tightness(100, 100), 1.0);
    EXPECT_EQ(credit_tightness(100, 0), 1.0);
    EXPECT_EQ(credit_tightness(0, 100), 0.0);
}

// (E82) 100 owed at the start, 2 lost of late; grown by a tenth: 110 while losses grow as lending does, to 2.2. Another
// 3 lost take away 3 x 3
TEST(Accounts, E82LendableByHand) {
    EXPECT_NEAR(lendable(100, 2, 2.2, 3, 1.1), 110, 1e-13);
    EXPECT_NEAR(lendable(100, 2, 5.2, 3, 1.1), 101, 1e-13);
    EXPECT_NEAR(lendable(100, 2, 0, 3, 1.1), 116.6, 1e-13);
    EXPECT_NEAR(lendable(100, 2, 50, 0, 1.1), 110, 1e-13);  // losses that nobody minds
    EXPECT_EQ(lendable(100, 2, 50, 12, 1.1), 0.0);
}

TEST(Accounts, Lanes) {
    expect_lanes_equal_scalars([](auto v, auto o, auto l, auto r) { return operating_surplus(v, o, l, r, 0.00036); },
                               Span{0, 100}, Span{0, 10}, Span{0, 1e5}, Span{0, 5});
    expect_lanes_equal_scalars(
        [](auto surplus, auto interest, auto worn, auto high) {
            return income_tax(taxed, surplus, interest, worn,
                              sim::select(high > 0.5, decltype(high)(1.0), decltype(high)(0.0)));
        },
        Span{-10, 30}, Span{0, 3}, Span{0, 5}, Span{0, 1});
    expect_lanes_equal_scalars(
        [](auto s, auto g, auto help, auto labour) {
            const Borrower<decltype(s)> x{
                .sales = s, .guaranteed = g, .added = help, .dependence = bank_dependence(lent(2.0), labour)};
            return growth::credit_limit(lent(2.0), x, 0.9);
        },
        Span{0, 100}, Span{0, 10}, Span{-0.1, 0.1}, Span{0, 2000});
}

// What the city's banks carry is all that small firms owe, and of what large ones owe their dependence.
TEST(Accounts, LargeFirmsOweElsewhereToo) {
    const auto banks = [](const char* dependence) {
        growth_tests::Replicate run(growth_tests::flagship({{"scenario.parameter_uncertainty", "false"},
                                                            {"parameters.accounts.large_dependence", dependence}}),
                                    0);
        double small = 0, large = 0;
        for (const Cell& cell : run.state.cells)
            for_each_living(run.state, cell, [&](sim::Index row) {
                (run.state.firms.labour(row) < 1000 ? small : large) += run.state.firms.debt(row);
            });
        EXPECT_GT(large, 0.1 * small);
        const double carried = local_debt(run.config, run.state);
        EXPECT_NEAR(carried, small + std::stod(dependence) * large, 1e-9 * small);
        return run.state.baseline.debt / carried;
    };
    for (const char* dependence : {"0", "0.25", "1"})
        EXPECT_NEAR(banks(dependence), 1, 1e-9) << "as the first year opens";
}

}  // namespace
