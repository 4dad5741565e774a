// Deals: who accepts, whole deals only, what an investor brings and keeps alive.
#include "models/growth/policy/deals.hpp"

#include <set>

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

// (E53) two standard deviations above the mean at 0.5 each: e^-1; nobody below the mean declines
TEST(Deals, E53ConsentByHand) {
    EXPECT_NEAR(consent_chance(2.0, 0.5), std::exp(-1.0), 1e-16);
    EXPECT_EQ(consent_chance(-3.0, 0.5), 1.0);
    EXPECT_EQ(consent_chance(0.0, 0.5), 1.0);
    EXPECT_EQ(consent_chance(2.0, 0.0), 1.0);
}

// A deal of 0.3 takes 0.2 of public money where half as much joins; 0.13 a quarter are one in the second quarter, in
// the fourth, in the fifth.
TEST(Deals, WaitForAWholeDeal) {
    PolicyRun run({lever("trial", "budget = 0.52"),
                   component("deals", "size = 0.3, leverage = 0.5, efficiency_gain = 0.05, adverse_selection = 0")});
    const auto& f = run.state.firms;
    const std::vector<double> deals = {0, 1, 0, 1, 1, 0, 1, 1};
    double all = 0;
    for (std::size_t n = 0; n < deals.size(); ++n) {
        run.step();
        const auto used = total_of(run.lever());
        EXPECT_NEAR(used.money, 0.2 * deals[n], 1e-14) << "step " << n;
        EXPECT_NEAR(used.joined, 0.1 * deals[n], 1e-14) << "step " << n;
        EXPECT_NEAR(used.received, 0.3 * deals[n], 1e-14) << "step " << n;
        EXPECT_NEAR(run.sum([&](sim::Index row) { return f.equity(row); }), 0.3 * deals[n], 1e-14);
        all += deals[n];
        EXPECT_NEAR(run.lever().account.waiting, 0.13 * static_cast<double>(n + 1) - 0.2 * all, 1e-13);
    }
    const auto which = run.config.components->of<Deal>().index_of("trial");
    EXPECT_EQ(run.sum([&](sim::Index row) { return f.backed(row) == static_cast<double>(which + 1); }), all);
}

TEST(Deals, BringEfficiencyToThoseTheyBackAndToNobodyTwice) {
    PolicyRun run(
        {lever("trial", "budget = 12"), component("deals", "size = 0.25, leverage = 1, efficiency_gain = 0.05")});
    const auto& f = run.state.firms;
    std::vector<double> before;
    for (sim::Index row = 0; row < f.id.rows(); ++row) before.push_back(f.efficiency(row));
    for (int n = 0; n < 4; ++n) run.step();
    double backed = 0;
    static_cast<void>(run.sum([&](sim::Index row) {
        backed += f.backed(row) > 0;
        EXPECT_NEAR(f.efficiency(row) - before[static_cast<std::size_t>(row)],
                    f.backed(row) > 0 ? 0.05 * delivered : 0.0, 1e-14);
        return 0.0;
    }));
    EXPECT_EQ(backed, 96);  // 3 a quarter at 0.125
}

// The best shun public money: those who accept are weaker where selection is a lottery.
TEST(Deals, AreShunnedByTheBest) {
    const auto mean = [](const char* adverse) {
        PolicyRun run({lever("trial", "budget = 40, selection = { merit = 0, size = 0, connection = 0 }"),
                       component("deals", std::string("size = 0.1, leverage = 0, adverse_selection = ") + adverse)});
        run.step();
        const auto& f = run.state.firms;
        double sum = 0, count = 0;
        for (const Cell& cell : run.state.cells)
            for_each_living(run.state, cell, [&](sim::Index row) {
                if (f.backed(row) == 0) return;
                sum += f.efficiency(row) - run.state.industries[cell.industry].mean_efficiency, count += 1;
            });
        EXPECT_NEAR(count, 100, 1e-12) << "enough are asked";
        return sum / count;
    };
    EXPECT_LT(mean("2"), mean("0") - 0.05);
}

// An investor who lets nobody close (0.05 of the hazard) does so for the firms it backs, and not for another's.
TEST(Deals, KeepAliveThoseTheyBack) {
    const auto closed = [](const char* first, const char* second) {
        auto config =
            growth_tests::with({{"parameters.exit.closure_rate", "0.5"},
                                {"parameters.exit.merger_rate", "0"},
                                {"parameters.exit.arrears", "2"},  // nobody fails, so that those who leave close
                                {"parameters.exit.arrears_listed", "2"},
                                lever("trial", "budget = 60"),
                                component("deals", std::string("size = 0.1, leverage = 0, backed_closure = ") + first),
                                component("deals", std::string("share = 0, backed_closure = ") + second, "other")});
        growth_tests::Replicate run(config, 0);
        std::set<std::uint64_t> backed;
        const auto count_backed = [&] {
            std::set<std::uint64_t> now;
            for (const Cell& cell : run.state.cells)
                for_each_living(run.state, cell, [&](sim::Index row) {
                    if (run.state.firms.backed(row) > 0) now.insert(run.state.firms.id(row));
                });
            return now;
        };
        double lost = 0, seen = 0;
        run.through(8, [&](int) {
            const auto now = count_backed();
            for (const auto id : backed) lost += !now.contains(id);
            seen += static_cast<double>(backed.size());
            backed = now;
        });
        EXPECT_GT(seen, 500);
        return lost / seen;
    };
    const double usual = closed("1", "1");
    EXPECT_GT(usual, 0.02);
    EXPECT_LT(closed("0.05", "1"), 0.4 * usual);
    EXPECT_EQ(closed("1", "0.05"), usual);
}

}  // namespace
