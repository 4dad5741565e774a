// The ledger: what a schedule promises is what is spent, and every yuan that is spent arrived, leaked or bought
// something.
#include <map>

#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;
using growth_tests::component;
using growth_tests::flagship;
using growth_tests::lever;
using growth_tests::load;
using growth_tests::Replicate;
using growth_tests::simulate;
using growth_tests::total_of;

constexpr const char* plan = "scenarios/shaoxing-2011/plan.toml";

// 1, 2, 0, 0.5 and 3 a year; the integral of a year is its own value.
const std::vector<double> by_year = {1, 2, 0, 0.5, 3};
constexpr const char* schedule = "budget = { by_year = { 2011 = 1, 2012 = 2, 2013 = 0, 2014 = 0.5, 2015 = 3 } }";

// ---- spent as scheduled

struct Spending {
    double allotted = 0, money = 0, lapsed = 0;
};

std::vector<Spending> years_of(const Config& config, double* waiting = nullptr) {
    Replicate run(config, 0);
    std::vector<Spending> years(by_year.size());
    const auto trial = config.levers.index_of("trial");
    run.through(Growth::steps(config), [&](int step) {
        const auto& seen = run.state.policy.levers[trial];
        auto& year = years[static_cast<std::size_t>(step / config.scenario.steps_per_year)];
        year.allotted += seen.account.allotted, year.lapsed += seen.account.lapsed;
        year.money += total_of(seen).money;
        if (waiting != nullptr) *waiting = seen.account.waiting;
    });
    return years;
}

// Grants and services leave nothing for later.
TEST(Ledger, GrantsAndServicesSpendTheirScheduleInItsYear) {
    for (const char* steps : {"4", "12"})
        for (const auto& row :
             {component("grants", "share = 0.6"), component("responses", "channel = \"talents\", effect = 1"),
              component("sites", "share = 0, cost = 1")}) {
            const auto years =
                years_of(growth_tests::with({{"scenario.steps_per_year", steps}, lever("trial", schedule), row}));
            for (std::size_t year = 0; year < by_year.size(); ++year) {
                EXPECT_NEAR(years[year].allotted, by_year[year], 1e-9) << row.key << ", " << 2011 + year;
                EXPECT_NEAR(years[year].money, by_year[year], 1e-9) << row.key << ", " << 2011 + year;
            }
        }
}

// Sites, deals and treatments come whole, so a part waits, and over the years nothing is lost.
TEST(Ledger, WhatComesWholeSpendsOrWaits) {
    for (const auto& row :
         {component("sites", "cost = 0.3, running_cost = 0.02, build_years = 1, most = 20"),
          component("deals", "size = 0.3"), component("treatments", "cost = 0.02, gain = \"search\", effect = 0.01")}) {
        double waiting = 0, money = 0, allotted = 0;
        for (const auto& year : years_of(growth_tests::with({lever("trial", schedule), row}), &waiting)) {
            money += year.money, allotted += year.allotted;
            EXPECT_EQ(year.lapsed, 0.0) << row.key;
        }
        EXPECT_NEAR(allotted, 6.5, 1e-9) << row.key;
        EXPECT_NEAR(money + waiting, 6.5, 1e-9) << row.key;
        EXPECT_GE(waiting, -1e-12) << row.key;
        EXPECT_GT(money, 5) << row.key;
    }
}

// ---- every yuan of the plan

TEST(Ledger, EveryYuanOfThePlanWentSomewhere) {
    const auto config = load(plan);
    const auto record = simulate(config, 1);
    double all = 0;
    std::array<double, recipients> by_recipient{};
    std::map<std::string, double> by_lever;
    for (int t = 0; t < Growth::steps(config); ++t)
        for (std::size_t k = 0; k < config.levers.size(); ++k)
            for (std::size_t who = 0; who < recipients; ++who) {
                const auto row = record.levers.at(t, k, who);
                ASSERT_NEAR(row.lever_money + row.lever_joined,
                            row.lever_received + row.lever_leaked + row.lever_services, 1e-12)
                    << config.levers[k].key << ", step " << t;
                ASSERT_GE(std::min({row.lever_money, row.lever_joined, row.lever_received, row.lever_leaked,
                                    row.lever_services, row.lever_land, row.lever_persons}),
                          0)
                    << config.levers[k].key << ", recipient " << who << ", step " << t;
                ASSERT_TRUE(who != public_at_large || row.lever_received == 0.0)
                    << "nobody in particular has no account";
                all += row.lever_money, by_recipient[who] += row.lever_money;
                by_lever[config.levers[k].key] += row.lever_money;
            }
    double recipients_sum = 0, levers_sum = 0;
    for (const double each : by_recipient) {
        EXPECT_GT(each, 0);
        recipients_sum += each;
    }
    for (const auto& [key, money] : by_lever) levers_sum += money;
    EXPECT_NEAR(recipients_sum, all, 1e-9);
    EXPECT_NEAR(levers_sum, all, 1e-9);
    EXPECT_GT(by_lever["special_fund"], 1);
    EXPECT_EQ(by_lever["leading_group"], 0.0);  // coordination costs no money of the plan
}

// waiting(before) + allotted + beyond = money + lapsed + waiting, for each lever and step
TEST(Ledger, AccountsOfThePlanAddUp) {
    const auto config = load(plan);
    const auto record = simulate(config, 2);
    std::vector<double> waiting(config.levers.size(), 0.0);
    for (int t = 0; t < Growth::steps(config); ++t)
        for (std::size_t k = 0; k < config.levers.size(); ++k) {
            const auto account = record.accounts.at(t, k);
            double money = 0;
            for (std::size_t who = 0; who < recipients; ++who) money += record.levers.at(t, k, who).lever_money;
            ASSERT_NEAR(waiting[k] + account.lever_allotted + account.lever_beyond,
                        money + account.lever_lapsed + account.lever_waiting, 1e-9)
                << config.levers[k].key << ", step " << t;
            waiting[k] = account.lever_waiting;
        }
}

// What was asked for and allotted in all years is the sum of the steps, and only a purse makes them differ.
TEST(Ledger, TotalsOfPursesAreThoseOfTheSteps) {
    auto config = load(plan);
    for (auto& each : config.purses) each.money = 1.0;
    const auto record = simulate(config, 2);
    for (std::size_t k = 0; k < config.levers.size(); ++k) {
        double asked = 0, allotted = 0;
        for (int t = 0; t < Growth::steps(config); ++t) {
            const auto account = record.accounts.at(t, k);
            ASSERT_LE(account.lever_allotted, account.lever_asked * (1 + 1e-12));
            asked += account.lever_asked, allotted += account.lever_allotted;
        }
        const auto total = record.purses.at(k);
        EXPECT_NEAR(total.lever_asked_total, asked, 1e-9);
        EXPECT_NEAR(total.lever_allotted_total, allotted, 1e-9);
        const bool pays_itself = config.levers[k].purse.empty();
        EXPECT_EQ(asked == allotted, pays_itself || asked == 0) << config.levers[k].key;
    }
}

// What the levers of a purse are allotted is never more than it holds, the funds from above being there a step later.
TEST(Ledger, PursesBindTheirLevers) {
    const auto config = load(plan);
    Replicate run(config, 3);
    ASSERT_EQ(run.config.purses.size(), 1);
    const auto& purse = run.config.purses[0];
    double from_above = 0;
    int bound = 0;
    run.through(Growth::steps(config), [&](int step) {
        double allotted = 0, asked = 0;
        const auto time = run.state.clock.time(run.state.clock.first_step() + step);
        for (std::size_t k = 0; k < run.config.levers.size(); ++k) {
            const auto& each = run.config.levers[k];
            if (each.purse_index != 0) continue;
            allotted += run.state.policy.levers[k].account.allotted * 4;
            asked += each.realised * each.doses[0].at(time);
        }
        const double money = purse.realised * purse.money.at(time) + from_above;
        EXPECT_NEAR(allotted, std::min(money, asked), 1e-9) << "step " << step;
        bound += asked > money;
        from_above = run.state.policy.purse_funds[0];
    });
    RecordProperty("bound", bound);
}

// ---- by lever

// 3 a year to the last yuan: 0.8 delivered, a tenth of it misused, 0.72 arrives.
TEST(Ledger, MisuseAndGovernanceLeak) {
    Replicate run(growth_tests::with({lever("trial", "budget = 3"), component("grants", "misuse = 0.1, size = 0.025")}),
                  0);
    for (const auto& place : run.config.places) ASSERT_EQ(place.governance, 0.8);
    run.through(20, [&](int) {
        const auto used = total_of(run.state.policy.levers.back());
        EXPECT_NEAR(used.money, 0.75, 1e-9);
        EXPECT_NEAR(used.received, 0.72 * used.money, 1e-12);
        EXPECT_NEAR(used.leaked, 0.28 * used.money, 1e-12);
    });
}

// Firms of the tier that received are named; what is open to all is nobody's.
TEST(Ledger, NamesWhoReceived) {
    Replicate run(growth_tests::with({lever("trial", "budget = 2"),
                                      component("grants", "share = 0.5, tiers = [\"leading\"], size = 0.025")}),
                  0);
    run.through(4, [&](int) {
        const auto& ledger = run.state.policy.levers.back().ledger;
        for (std::size_t who = 0; who < recipients; ++who)
            EXPECT_NEAR(ledger[who].money,
                        who == public_at_large || who == static_cast<std::size_t>(Tier::leading) ? 0.25 : 0.0, 1e-9);
        EXPECT_NEAR(ledger[public_at_large].services, 0.25, 1e-15);
    });
}

}  // namespace
