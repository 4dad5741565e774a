// What levers cost besides their money: each cost by hand, and what all levers together cost.
#include "models/growth/policy/costs.hpp"

#include "models/growth/accounts.hpp"
#include "models/growth/land.hpp"
#include "models/growth/measure/records.hpp"
#include "models/growth/rest_of_industry.hpp"
#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;
using growth_tests::component;
using growth_tests::flagship;
using growth_tests::lever;
using growth_tests::load;
using growth_tests::PolicyRun;
using growth_tests::Replicate;
using growth_tests::simulate;

constexpr const char* plan = "scenarios/shaoxing-2011/plan.toml";
const growth_tests::Settings certain = {{"scenario.parameter_uncertainty", "false"}};

// (E100) 0.81^0.5 x 0.9 x (1 - 0.125^(1/3)) = 0.9 x 0.9 x 0.5
TEST(Costs, E100LostOnLandByHand) {
    RestParameters p;
    p.labour_elasticity = 0.5, p.capital_elasticity = 1, p.land_elasticity = 1.0 / 3;
    EXPECT_NEAR(lost_on_land(p, 0.81, 0.9, 0.125), 0.405, 1e-15);
    EXPECT_EQ(lost_on_land(p, 0.81, 0.9, 1), 0);
    p.land_elasticity = 0;
    EXPECT_EQ(lost_on_land(p, 0.81, 0.9, 0.125), 0);
}

// (E101) of 90 mu, claimed at 0.1 and 0.2 of new land, the first took 30
TEST(Costs, E101LandTakenByHand) {
    EXPECT_NEAR(land_taken_by(90, 0.1, 0.3), 30, 1e-12);
    EXPECT_NEAR(land_taken_by(90, 0.1, 0.3) + land_taken_by(90, 0.2, 0.3), 90, 1e-12);
    EXPECT_EQ(land_taken_by(90, 0, 0), 0);
}

// (E102) 10 % of 100 - 10 - 20; none of a loss, none at the full rate
TEST(Costs, E102TaxReliefByHand) {
    AccountParameters p;
    p.tax_rate = 0.25, p.high_tech_tax_rate = 0.15;
    EXPECT_NEAR(tax_relief(p, 100.0, 10.0, 20.0, 1.0), 7, 1e-14);
    EXPECT_EQ(tax_relief(p, 25.0, 10.0, 20.0, 1.0), 0);
    EXPECT_EQ(tax_relief(p, 100.0, 10.0, 20.0, 0.0), 0);
    EXPECT_NEAR(tax_relief(p, 100.0, 10.0, 20.0, 1.0) + income_tax(p, 100.0, 10.0, 20.0, 1.0),
                income_tax(p, 100.0, 10.0, 20.0, 0.0), 1e-13);
}

// (E103) 5 % of 3, and a quarter of 1.5 x 40 persons at half effort for twice the wage
TEST(Costs, E103AdministrationByHand) {
    AdministrationParameters p;
    p.money_share = 0.05, p.staffing = 1.5, p.pay = 2;
    EXPECT_NEAR(administration(p, 3, 0, 0, 1, 0.25), 0.15, 1e-15);
    EXPECT_NEAR(administration(p, 0, 40, 0.5, 0.0004, 0.25), 0.25 * 60 * 0.5 * 0.0008, 1e-15);
    EXPECT_EQ(administration(p, 0, 40, 0, 0.0004, 0.25), 0);
}

TEST(Costs, EffortIsCarriedOutBySomebody) {
    PolicyRun run({lever("trial", "effort = 0.5, staff = 40")});
    run.step();
    const auto& p = run.config.parameters.administration;
    const double wage = run.state.city.wage * run.state.city.wage_premium;
    EXPECT_GT(wage, 0);
    EXPECT_NEAR(administration_of(run.config, run.state, run.config.levers.index_of("trial")),
                0.25 * p.staffing * 20 * p.pay * wage, 1e-15);
}

// Taxes and loans are kept apart from what a budget pays.
TEST(Costs, TaxesAndLoansAreKeptApart) {
    PolicyRun run({lever("refunds", "effort = 1"),
                   component("subsidies", "base = \"research\", rate = 0.1", "refunds", "refunds"),
                   lever("loans", "loans = 10"),
                   component("credits", "loss_rate = 0.04, interest_subsidy = 0.02", "loans", "loans"),
                   lever("money", "budget = 1")});
    for (int k = 0; k < 4; ++k) run.step();
    const auto& refunds = run.lever("refunds").account;
    const auto& loans = run.lever("loans").account;
    const auto& money = run.lever("money").account;
    EXPECT_GT(refunds.forgone, 0);
    EXPECT_EQ(refunds.forgone, refunds.beyond);
    EXPECT_EQ(refunds.loans, 0);
    EXPECT_GT(loans.loans, 0);
    EXPECT_EQ(loans.loans, loans.beyond);
    EXPECT_EQ(loans.forgone, 0);
    EXPECT_EQ(money.forgone + money.loans, 0);
}

// Levers that claim land of a place share what is taken there; those who claim none, or give some back, took none.
TEST(Costs, LandIsBookedToThoseWhoClaimIt) {
    Replicate run(flagship(certain), 0);
    auto& s = run.state;
    const auto zhuji = run.config.places.index_of("zhuji"), count = run.config.levers.size();
    const std::vector<double> claims = {0.3, 0.1, -0.2};
    for (std::size_t k = 0; k < claims.size(); ++k) s.policy.land[zhuji * count + k].share = claims[k];
    s.policy.all_land[zhuji].share = 0.2;
    s.land_reserve[zhuji] = 1e4;
    s.places[zhuji].reserve_without_levers = 900;
    give_land(run.config, s, zhuji, 1000);
    const double taken = s.places[zhuji].land_taken;
    EXPECT_NEAR(taken, 100, 1e-9);
    const std::vector<double> expected = {75, 25, 0, 0};
    for (std::size_t k = 0; k < expected.size(); ++k)
        EXPECT_NEAR(s.policy.land_taken[zhuji * count + k], expected[k], 1e-9) << k;
    move_rest(run.config, s.clock.first_step(), s);
    const double first = land_loss_of(run.config, s, 0), second = land_loss_of(run.config, s, 1);
    EXPECT_GT(second, 0);
    EXPECT_NEAR(first, 3 * second, 1e-12);
}

// With all the land, and the workers and loans it has, the rest of industry would make what it lacks for land more.
TEST(Costs, LeversTogetherLoseWhatTheRestLacksForLand) {
    Replicate run(load(plan, certain), 2);  // one in which they take land that others would have had
    run.through(Growth::steps(run.config), [](int) {});
    auto& s = run.state;
    auto whole = s;
    const int last = s.clock.first_step() + Growth::steps(run.config) - 1;
    auto again = s;
    move_rest(run.config, last, again);
    for (auto& place : whole.places) place.land_taken = 0;
    move_rest(run.config, last, whole);
    const double lost = (whole.city.rest_output - again.city.rest_output) * again.city.rest_price *
                        run.config.scenario.all_industry_value_added_ratio * s.clock.dt();
    double booked = 0;
    for (std::size_t k = 0; k < run.config.levers.size(); ++k) booked += land_loss_of(run.config, again, k);
    EXPECT_GT(booked, 0);
    EXPECT_NEAR(booked, lost, 1e-9 * lost);
}

struct Costs {
    double money = 0, forgone = 0, loans = 0, administration = 0, land = 0;
};

Costs costs_of(const Config& config, const Record& record) {
    Costs all;
    for (int t = 0; t < Growth::steps(config); ++t)
        for (std::size_t k = 0; k < config.levers.size(); ++k) {
            for (std::size_t who = 0; who < recipients; ++who) all.money += record.levers.at(t, k, who).lever_money;
            const auto cost = record.costs.at(t, k);
            all.forgone += cost.lever_forgone, all.loans += cost.lever_loan_cost;
            all.administration += cost.lever_administration, all.land += cost.lever_land_loss;
        }
    return all;
}

TEST(Costs, WithoutADoseNothingCosts) {
    const auto config = flagship();
    const auto costs = costs_of(config, simulate(config, 2));
    EXPECT_EQ(costs.money + costs.forgone + costs.loans + costs.administration + costs.land, 0);
}

TEST(Costs, ThePlanHasEveryKindOfCost) {
    const auto config = load(plan);
    const auto costs = costs_of(config, simulate(config, 2));
    EXPECT_GT(costs.forgone, 0);
    EXPECT_GT(costs.loans, 0);
    EXPECT_GT(costs.administration, 0);
    EXPECT_GT(costs.land, 0);
    EXPECT_LT(costs.forgone + costs.loans, costs.money);
}

TEST(Costs, TwiceTheMoneyCostsTwiceAsMuch) {
    const auto of = [](const char* budget) {
        const auto config = growth_tests::with({lever("trial", budget), component("grants", "share = 0.5")});
        return costs_of(config, simulate(config, 0));
    };
    const auto once = of("budget = 1"), twice = of("budget = 2");
    EXPECT_NEAR(once.money, 5, 1e-9);
    EXPECT_NEAR(twice.money, 2 * once.money, 1e-9);
    EXPECT_GT(once.administration, 0);
    EXPECT_NEAR(twice.administration, 2 * once.administration, 1e-9);
}

// How costs are valued is no part of what is simulated.
TEST(Costs, TheAppraisalMovesNothing) {
    const auto one = load(plan), other = load(plan, {{"appraisal.discount_rate", "0.03"}, {"appraisal.years", "2"}});
    EXPECT_TRUE(begin_alike(one, other));
    EXPECT_EQ(growth_tests::bits_of(simulate(one, 1)), growth_tests::bits_of(simulate(other, 1)));
}

// Plants are those of above-scale firms while no loan has moved capital; they wear at the rate of the parameters.
TEST(Costs, PlantsAreCountedOnce) {
    const auto config = flagship(certain);
    const auto record = simulate(config, 0);
    for (const std::size_t t : {0, 19}) {
        double capital = 0;
        for (std::size_t i = 0; i < config.industries.size(); ++i)
            for (std::size_t k = 0; k < config.clusters.size() + config.places.size(); ++k)
                capital += record.cells.at(t, i, k).capital;
        const auto city = record.city.at(t);
        EXPECT_NEAR(city.plants, capital, 1e-9 * capital);
        EXPECT_NEAR(city.plant_wear, config.parameters.investment.depreciation * capital / 4, 1e-9 * capital);
        EXPECT_GT(city.income_tax, 0);
        EXPECT_GT(city.tax_relief, 0);
    }
}

}  // namespace
