// Outputs of places: they add up to the city's, taxes and money of levers by kind and source too, and what does not add
// up is what a hand makes of it.
#include <cmath>
#include <map>
#include <string>

#include "models/growth/cells.hpp"
#include "models/growth/land.hpp"
#include "models/growth/measure/measure.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::load;
using growth_tests::Replicate;
using growth_tests::simulate;

constexpr auto plan = "scenarios/shaoxing-2011/plan.toml";

class Places : public testing::Test {
protected:
    static void SetUpTestSuite() {
        config = new Config(load(plan));
        record = new Record(simulate(*config, 3));
    }
    static void TearDownTestSuite() {
        delete record;
        delete config;
    }
    static std::size_t steps() { return static_cast<std::size_t>(Growth::steps(*config)); }
    static inline Config* config = nullptr;
    static inline Record* record = nullptr;
};

TEST_F(Places, AddUpToTheCity) {
    for (std::size_t t = 0; t < steps(); ++t) {
        LocalOutputs sum;
        for (std::size_t k = 0; k < config->places.size(); ++k) {
            const auto there = record->local.at(t, k);
            sum.place_income_tax += there.place_income_tax;
            sum.place_production_tax += there.place_production_tax;
            sum.place_tax_relief += there.place_tax_relief;
            sum.place_land_payments += there.place_land_payments;
            sum.place_rest_output += there.place_rest_output;
            sum.place_rest_lost += there.place_rest_lost;
            sum.place_net_output += there.place_net_output;
            sum.place_net_value_added += there.place_net_value_added;
        }
        const auto city = record->city.at(t);
        const double scale = 1e-9 * city.all_industry_output;
        EXPECT_NEAR(sum.place_income_tax, city.income_tax, scale);
        EXPECT_NEAR(sum.place_production_tax, city.production_tax, scale);
        EXPECT_NEAR(sum.place_tax_relief, city.tax_relief, scale);
        EXPECT_NEAR(sum.place_land_payments, city.land_payments, scale);
        EXPECT_NEAR(sum.place_rest_output, city.rest_output, scale);
        EXPECT_NEAR(sum.place_rest_lost, city.rest_lost, scale);
        EXPECT_NEAR(sum.place_net_output, city.net_output, scale);
        EXPECT_NEAR(sum.place_net_value_added, city.net_value_added, scale);
    }
}

// Less where the rest lacks something; more where a place has work for its unemployed in both.
TEST_F(Places, NetIsWhatTheyMakeLessWhatTheRestLacks) {
    const double ratio = config->scenario.all_industry_value_added_ratio;
    int lacking = 0;
    for (std::size_t k = 0; k < config->places.size(); ++k) {
        const auto made = record->places.at(steps() - 1, k);
        const auto there = record->local.at(steps() - 1, k);
        EXPECT_EQ(there.place_net_output, made.output - there.place_rest_lost);
        EXPECT_EQ(there.place_net_output<made.output, there.place_rest_lost> 0);
        lacking += there.place_rest_lost > 0;
        EXPECT_NEAR(there.place_net_value_added, made.value_added - ratio * there.place_rest_lost, 1e-12);
    }
    EXPECT_GT(lacking, 0);
}

TEST_F(Places, PayTaxesOnWhatTheyMake) {
    for (std::size_t k = 0; k < config->places.size(); ++k)
        EXPECT_NEAR(record->local.at(5, k).place_production_tax,
                    config->appraisal.production_taxes * record->places.at(5, k).value_added, 1e-12);
}

TEST_F(Places, ProductivityIsByTheYearAndWorker) {
    const double quarters = static_cast<double>(config->scenario.steps_per_year);
    for (std::size_t k = 0; k < config->places.size(); ++k) {
        const auto made = record->places.at(7, k);
        const auto there = record->local.at(7, k);
        EXPECT_NEAR(there.place_sales_per_worker, quarters * made.sales / made.employment, 1e-12);
        EXPECT_NEAR(there.place_value_added_per_worker, quarters * made.value_added / made.employment, 1e-12);
    }
    for (std::size_t i = 0; i < config->industries.size(); ++i) {
        double value_added = 0, workers = 0;
        for (std::size_t k = 0; k < cluster_count(*config); ++k) {
            value_added += record->cells.at(7, i, k).value_added;
            workers += record->cells.at(7, i, k).employment;
        }
        EXPECT_NEAR(record->industries.at(7, i).value_added_per_worker, quarters * value_added / workers, 1e-12);
    }
}

// (1 x ln 1 + 3 x ln 16) / 4 = ln 8; in other places nobody produces.
TEST(PlacesByHand, EfficiencyIsAMeanByOutput) {
    Replicate run(load(plan), 0);
    const std::size_t place = run.state.cells.front().place;
    double made = 1;
    for (Cell& cell : run.state.cells) {
        cell.now.output = cell.now.mean_efficiency = 0;
        if (cell.place != place || made > 3) continue;
        cell.now.output = made;
        cell.now.mean_efficiency = made > 1 ? std::log(16.0) : 0;
        made += 2;
    }
    ASSERT_GT(made, 3);
    Record record = Growth::blank(run.config);
    measure(run.config, 0, run.state, record);
    for (std::size_t k = 0; k < run.config.places.size(); ++k)
        if (k == place)
            EXPECT_NEAR(record.local.at(0, k).place_total_factor_productivity, 8, 1e-12);
        else
            EXPECT_TRUE(std::isnan(record.local.at(0, k).place_total_factor_productivity));
}

// Where nobody works, nobody makes anything a head; the record is one that can be.
TEST(PlacesByHand, WhatIsNotDefinedIsMissing) {
    auto config = load(plan);
    Replicate run(config, 0);
    auto record = simulate(config, 0);
    auto there = record.local.at(2, 0);
    there.place_value_added_per_worker = there.place_sales_per_worker = std::nan("");
    record.local.put(there, 2, 0);
    EXPECT_NO_THROW(check_record(config, record));
    there.place_wage = std::nan("");
    record.local.put(there, 2, 0);
    EXPECT_THROW(check_record(config, record), sim::InvariantError);
}

double of_all_recipients(const Record& record, std::size_t t, std::size_t lever) {
    double money = 0;
    for (std::size_t who = 0; who < recipients; ++who) money += record.levers.at(t, lever, who).lever_money;
    return money;
}

// By lever, and by the purse that levers draw on.
TEST_F(Places, MoneyOfLeversIsSpentInPlacesOrInNone) {
    std::map<std::string, std::pair<double, double>> purses;
    double in_places = 0, beyond = 0;
    for (std::size_t t = 0; t < steps(); ++t)
        for (std::size_t lever = 0; lever < config->levers.size(); ++lever) {
            double there = 0, unbounded_there = 0;
            for (std::size_t k = 0; k < config->places.size(); ++k) {
                const auto seen = record->place_levers.at(t, lever, k);
                EXPECT_LE(seen.place_lever_beyond, seen.place_lever_money);
                there += seen.place_lever_money;
                unbounded_there += seen.place_lever_beyond;
            }
            const double all = of_all_recipients(*record, t, lever);
            const double citywide = record->costs.at(t, lever).lever_citywide;
            EXPECT_NEAR(there + citywide, all, 1e-12 * (1 + all)) << config->levers[lever].key;
            EXPECT_LE(unbounded_there, record->accounts.at(t, lever).lever_beyond + 1e-12);
            auto& [spent, total] = purses[config->levers[lever].purse];
            spent += there + citywide, total += all;
            in_places += there, beyond += unbounded_there;
        }
    EXPECT_GT(purses.size(), 1U);
    for (const auto& [purse, money] : purses) EXPECT_NEAR(money.first, money.second, 1e-9) << purse;
    EXPECT_GT(in_places, beyond);
    EXPECT_GT(beyond, 0);
}

// What land that a lever brings costs is spent where it lies: 100 of which the place had none without it.
TEST(PlacesByHand, LandIsPaidForWhereItLies) {
    Replicate run(growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}}), 0);
    const auto place = run.config.places.index_of("zhuji");
    auto& s = run.state;
    s.policy.all_land[place].supply = s.policy.land[place * run.config.levers.size()].supply = 500;
    s.land_reserve[place] = 1000;
    const auto before = s.policy.levers[0].in_place;
    give_land(run.config, s, place, 100);
    const double normal = run.config.parameters.land.normal_share * run.config.places[place].land_supply;
    const double cost = 100 * (500 / (normal + 500)) * run.config.parameters.land.development_cost;
    for (std::size_t k = 0; k < run.config.places.size(); ++k) {
        const auto& [money, beyond] = s.policy.levers[0].in_place[k];
        EXPECT_NEAR(money - before[k].money, k == place ? cost : 0, 1e-12);
        EXPECT_NEAR(beyond - before[k].beyond, k == place ? cost : 0, 1e-12);
    }
}

}  // namespace
