// Subsidies: how firms answer to a refund, and that what is refunded is the rate times what was spent.
#include "models/growth/policy/subsidies.hpp"

#include "models/growth/loops.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/selection.hpp"
#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;
using growth_tests::component;
using growth_tests::delivered;
using growth_tests::lever;
using growth_tests::PolicyRun;
using growth_tests::total_of;

// (E41) (1 - 0.19)^(-1/2) = 1 / 0.9
TEST(Subsidies, E41UserCostResponseByHand) {
    EXPECT_NEAR(user_cost_response(0.19, 0.5), 1 / 0.9, 1e-15);
    EXPECT_EQ(user_cost_response(0.0, 0.4), 1.0);
    EXPECT_EQ(user_cost_response(0.1, 0.0), 1.0);
    EXPECT_GT(user_cost_response(0.1, 0.6), user_cost_response(0.1, 0.4));
}

// (E52) a quarter of firms spend 1.2 times as much: 1.05
TEST(Subsidies, E52TakenUpByHand) {
    EXPECT_NEAR(taken_up(1.2, 0.25), 1.05, 1e-15);
    EXPECT_EQ(taken_up(1.2, 0.0), 1.0);
    EXPECT_EQ(taken_up(1.2, 1.0), 1.2);
}

constexpr const char* eligible = ", eligible = { industries = [\"equipment\"], max_sales = 2 }";
constexpr const char* tiers_of_row = ", tiers = [\"other\", \"growing\"]";

bool is_eligible(const PolicyRun& run, const Cell& cell, sim::Index row) {
    const auto tier = static_cast<Tier>(static_cast<int>(run.state.firms.tier(row)));
    const double sales = run.state.firms.sales(row);  // a plant that is not open yet sells nothing and receives nothing
    return run.config.industries[cell.industry].key == "equipment" && sales >= 1e-6 && sales <= 2 &&
           (tier == Tier::other || tier == Tier::growing);
}

// 0.1 of what was spent in the last step, by 0.5 of those reached at an effort of 0.6 of which 0.8 is delivered; of
// R&D only by those who earned.
TEST(Subsidies, RefundTheirRateOfWhatWasSpent) {
    for (const std::string base : {"research", "investment"}) {
        PolicyRun run({lever("trial", std::string("effort = 0.6") + eligible),
                       component("subsidies", "base = \"" + base + "\", rate = 0.1, take_up = 0.5" + tiers_of_row)});
        const auto& f = run.state.firms;
        double expected = 0;
        std::vector<double> refund(static_cast<std::size_t>(f.id.rows()), 0.0);
        for (const Cell& cell : run.state.cells)
            for_each_living(run.state, cell, [&](sim::Index row) {
                if (!is_eligible(run, cell, row)) return;
                const double spent = base == "investment" ? f.investment(row)
                                     : f.surplus(row) > 0 ? f.research(row) / 4
                                                          : 0.0;
                refund[static_cast<std::size_t>(row)] = 0.1 * 0.5 * 0.6 * delivered * spent;
                expected += refund[static_cast<std::size_t>(row)];
            });
        ASSERT_GT(expected, 1e-3);
        run.step();
        static_cast<void>(run.sum([&](sim::Index row) {
            EXPECT_NEAR(f.grants(row), refund[static_cast<std::size_t>(row)], 1e-15) << base;
            return 0.0;
        }));
        const auto used = total_of(run.lever());
        EXPECT_NEAR(used.money, expected, 1e-12) << base;
        EXPECT_NEAR(used.received, expected, 1e-12) << base;
        EXPECT_NEAR(run.lever().account.beyond, expected, 1e-12) << base;
        EXPECT_EQ(run.lever().ledger[static_cast<std::size_t>(Tier::leading)].money, 0.0);
    }
}

// Firms answer by their size, and those who are refunded nothing do not.
TEST(Subsidies, OnlyThoseRefundedAnswer) {
    PolicyRun run(
        {lever("trial", "effort = 1, eligible = { industries = [\"equipment\"], max_sales = 20 }"),
         component("subsidies", std::string("base = \"investment\", rate = 0.19, take_up = 0.5, elasticity_small = 1, "
                                            "elasticity_large = 0.5") +
                                    tiers_of_row)});
    run.step();
    const double small = 1 + 0.5 * delivered * (1 / 0.81 - 1), large = 1 + 0.5 * delivered * (1 / 0.9 - 1);
    for (std::size_t i = 0; i < run.state.cells.size(); ++i) {
        const CostAnswer capital(run.config, run.state, Base::investment, i);
        const CostAnswer research(run.config, run.state, Base::research, i);
        const bool here = run.config.industries[run.state.cells[i].industry].key == "equipment";
        const auto answer = [](const CostAnswer& of, Tier tier, double sales) {
            return double(
                of(sim::Pack(static_cast<double>(tier)), sim::Pack(sales), sim::WordPack(std::uint64_t{7}))[0]);
        };
        EXPECT_NEAR(answer(capital, Tier::growing, 1), here ? small : 1, 1e-14);
        EXPECT_NEAR(answer(capital, Tier::other, 4), here ? large : 1, 1e-14);  // large from 4 on
        EXPECT_EQ(answer(capital, Tier::leading, 4), 1.0);
        EXPECT_EQ(answer(capital, Tier::growing, 21), 1.0);
        EXPECT_EQ(answer(research, Tier::growing, 1), 1.0);
    }
}

std::string by_lot(const char* lot) {
    return std::string("base = \"investment\", rate = 0.19, elasticity_small = 1, elasticity_large = 1, lot = ") + lot;
}

// Those drawn are refunded and answer, the others neither, and it is the same firms in every step.
TEST(Subsidies, ReachTheFirmsOfTheirLot) {
    PolicyRun run({lever("trial", "effort = 1"), component("subsidies", by_lot("0.5"))});
    const auto& subsidies = run.config.components->of<Subsidy>();
    const Subsidy& subsidy = subsidies[subsidies.index_of("trial")];
    const auto is_in = [&](sim::Index row) {
        const sim::WordPack id(static_cast<std::uint64_t>(run.state.firms.id(row)));
        return sim::any_of(is_drawn(subsidy, run.draws, id));
    };
    for (int step = 0; step < 2; ++step) {
        run.step();
        double reached = 0, all = 0;
        for (std::size_t i = 0; i < run.state.cells.size(); ++i) {
            const CostAnswer capital(run.config, run.state, Base::investment, i);
            for_each_living(run.state, run.state.cells[i], [&](sim::Index row) {
                const auto& f = run.state.firms;
                const sim::WordPack id(static_cast<std::uint64_t>(f.id(row)));
                const double answer = double(capital(sim::Pack(f.tier(row)), sim::Pack(1.0), id)[0]);
                EXPECT_NEAR(answer, is_in(row) ? 1 + delivered * (1 / 0.81 - 1) : 1, 1e-14);
                if (f.investment(row) <= 0 || f.sales(row) < 1e-6) return;  // who sells nothing receives nothing
                EXPECT_EQ(f.grants(row) > 0, is_in(row));
                reached += is_in(row) ? 1 : 0, all += 1;
            });
        }
        ASSERT_GT(all, 400);
        EXPECT_NEAR(reached / all, 0.5, 0.1);
    }
}

// A lot that everyone wins is no lot, to the last bit, whatever others win; one that nobody wins is no subsidy.
TEST(Subsidies, ALotOfAllIsNoLot) {
    const auto capital = [](const std::string& content) {
        growth_tests::Replicate run(growth_tests::with({lever("trial", "effort = 1"), component("subsidies", content)}),
                                    0);
        for (int step = 0; step < 2; ++step)
            growth::step(run.config, run.draws, run.state.clock.first_step() + step, run.state);
        double total = 0;
        for (const Cell& cell : run.state.cells)
            for_each_living(run.state, cell, [&](sim::Index row) { total += run.state.firms.under_way(row); });
        return total;
    };
    const std::string without = "base = \"investment\", rate = 0.19, elasticity_small = 1, elasticity_large = 1";
    EXPECT_EQ(capital(by_lot("1.0")), capital(without));
    EXPECT_EQ(capital(by_lot("0.0")), capital("base = \"investment\", rate = 0"));
    EXPECT_GT(capital(by_lot("1.0")), capital(by_lot("0.5")));
    EXPECT_GT(capital(by_lot("0.5")), capital(by_lot("0.0")));
}

// R&D that is refunded is R&D times (E52) of (E41), of those who earn, in the same step.
TEST(Subsidies, RaiseTheResearchOfThoseWhoEarn) {
    const auto research = [](const char* effort) {
        growth_tests::Replicate run(
            growth_tests::with(
                {lever("trial", std::string("effort = ") + effort),
                 component("subsidies",
                           "base = \"research\", rate = 0.19, elasticity_small = 0.5, elasticity_large = 0.5")}),
            0);
        std::vector<double> earns;
        for (sim::Index row = 0; row < run.state.firms.id.rows(); ++row) earns.push_back(run.state.firms.surplus(row));
        growth::step(run.config, run.draws, run.state.clock.first_step(), run.state);
        return std::pair(run, earns);
    };
    const auto [with, earns] = research("1");
    const auto without = research("0").first;
    double more = 0, same = 0;
    for (const Cell& cell : without.state.cells)
        for_each_living(without.state, cell, [&, &with = with, &earns = earns](sim::Index row) {
            const double a = without.state.firms.research(row), b = with.state.firms.research(row);
            if (a <= 0 || without.state.firms.id(row) != with.state.firms.id(row)) return;
            const bool earned = without.state.firms.surplus(row) > 0 && earns[static_cast<std::size_t>(row)] > 0;
            if (!earned || without.state.firms.sales(row) < 1e-6 || without.state.firms.opened(row) > 0) return;
            if (without.state.firms.research_fund(row) > 0) return;  // part of its R&D is paid from a listing
            (b > a ? more : same) += 1;
            EXPECT_NEAR(b / a, 1 + delivered * (1 / 0.9 - 1), 1e-9);
        });
    EXPECT_GT(more, 100);
    EXPECT_EQ(same, 0);
}

}  // namespace
