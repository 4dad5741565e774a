// The rest of industry: what it makes, and what workers, land and loans that it lacks take from that.
#include "models/growth/rest_of_industry.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/land.hpp"
#include "models/growth/measure/records.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::load;
using growth_tests::Replicate;

constexpr auto plan = "scenarios/shaoxing-2011/plan.toml";

// (E89) 1000 x 4^(-0.5) = 500, where there is room for them
TEST(RestOfIndustry, E89WorkersWantedByHand) {
    EXPECT_NEAR(rest_workers_wanted(1000, 4, 0.5, 900), 500, 1e-12);
    EXPECT_EQ(rest_workers_wanted(1000, 4, 0.5, 300), 300);
    EXPECT_EQ(rest_workers_wanted(1000, 1, 0.5, 2000), 1000);
    EXPECT_EQ(rest_workers_wanted(1000, 1.2, 0.0, 2000), 1000);
}

// (E90) 0.81^0.5 x 0.9^1 x 0.125^(1/3) = 0.9 x 0.9 x 0.5
TEST(RestOfIndustry, E90OutputByMeansByHand) {
    RestParameters p;
    p.labour_elasticity = 0.5, p.capital_elasticity = 1, p.land_elasticity = 1.0 / 3;
    EXPECT_NEAR(output_by_means(p, 0.81, 0.9, 0.125), 0.405, 1e-15);
    EXPECT_EQ(output_by_means(p, 1, 1, 1), 1);
    p.labour_elasticity = p.capital_elasticity = p.land_elasticity = 0;
    EXPECT_EQ(output_by_means(p, 0.81, 0.9, 0.125), 1);
}

// (E91) of the 0.3 x 100 it comes to lack, half in the time ln 2 / s
TEST(RestOfIndustry, E91CapitalLackingByHand) {
    RestParameters p;
    p.credit_displaced = 0.3, p.capital_adjustment = std::log(2.0);
    EXPECT_NEAR(capital_lacking(p, 0, 100, 1), 15, 1e-13);
    EXPECT_NEAR(capital_lacking(p, 15, 100, 1), 22.5, 1e-13);
    EXPECT_NEAR(capital_lacking(p, 15, 0, 1), 7.5, 1e-13);  // loans are paid back
    EXPECT_EQ(capital_lacking(p, 0, 0, 1), 0);
}

// Where output answers to nothing, the plan takes nothing of it: the path, to the last bit.
TEST(RestOfIndustry, FollowsItsPathWhereItAnswersNothing) {
    auto config = load(plan);
    std::erase_if(config.uncertain, [](const auto& value) { return value.path.ends_with("_elasticity"); });
    auto& p = config.parameters.rest;
    p.labour_elasticity = p.capital_elasticity = p.land_elasticity = 0;
    Replicate run(config, 3);
    run.through(Growth::steps(config), [&](int) { EXPECT_EQ(run.state.city.rest_output, run.state.city.rest_path); });
    bool lacks = false;
    for (const auto& place : run.state.places) lacks |= place.land_taken > 0;
    EXPECT_TRUE(lacks);
}

// Without policy it lacks neither land nor loans: workers alone move it off its path.
TEST(RestOfIndustry, LacksOnlyWorkersWithoutPolicy) {
    auto config = growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}});
    config.parameters.rest.labour_elasticity = 0;
    Replicate run(config, 0);
    run.through(Growth::steps(config), [&](int) { EXPECT_EQ(run.state.city.rest_output, run.state.city.rest_path); });
    EXPECT_EQ(run.state.city.rest_capital_lacking, 0);
}

// What levers brought to firms is missing here: of 1000 mu 900 were there without them.
TEST(RestOfIndustry, MakesLessOnLessLand) {
    Replicate as_it_is(growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}}), 0);
    auto less = as_it_is;
    const auto zhuji = less.config.places.index_of("zhuji");
    auto& place = less.state.places[zhuji];
    less.state.policy.all_land[zhuji].share = 0.2;
    less.state.land_reserve[zhuji] = 1e4;
    place.reserve_without_levers = 900;
    give_land(less.config, less.state, zhuji, 1000);
    EXPECT_NEAR(place.land_taken, 100, 1e-9);
    EXPECT_EQ(place.reserve_without_levers, 0);
    const double normal = place.rest_normal_land;
    for (auto* run : {&as_it_is, &less}) move_rest(run->config, run->state.clock.first_step(), run->state);
    const auto& p = less.config.parameters;
    const double land = normal + 0.25 * (1 - p.land.normal_share) * less.config.places[zhuji].land_supply;
    const double lost = place.rest_share * (1 - std::pow((land - 100) / land, p.rest.land_elasticity));
    EXPECT_NEAR(less.state.city.rest_output, as_it_is.state.city.rest_output * (1 - lost), 1e-6);
    EXPECT_LT(less.state.city.rest_output, as_it_is.state.city.rest_output);
}

// Land that a lever serves beyond what the place has takes none of the rest's.
TEST(RestOfIndustry, KeepsItsLandWhereMoreIsServed) {
    Replicate run(growth_tests::flagship(), 0);
    const auto zhuji = run.config.places.index_of("zhuji");
    run.state.policy.all_land[zhuji].supply = 500;
    run.state.places[zhuji].reserve_without_levers = 0;
    give_land(run.config, run.state, zhuji, 10);
    EXPECT_EQ(run.state.places[zhuji].land_taken, 0);
}

TEST(RestOfIndustry, LacksWhatIsLentToFirms) {
    Replicate run(growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}}), 0);
    run.state.cells[0].now.guaranteed = 100;
    move_rest(run.config, run.state.clock.first_step(), run.state);
    const double plants = 100 / run.state.city.capital_price;  // what is lent buys so many at the price of the day
    EXPECT_NEAR(run.state.city.rest_capital_lacking, 0.3 * plants * -std::expm1(-0.5 / 4), 1e-12);
    EXPECT_LT(run.state.city.rest_output, run.state.city.rest_path);
}

// All of industry is these industries and the rest.
TEST(RestOfIndustry, AddsUpToAllOfIndustry) {
    const auto config = load(plan);
    const auto record = growth_tests::simulate(config, 4);
    for (std::size_t t = 0; t < static_cast<std::size_t>(Growth::steps(config)); ++t) {
        const auto city = record.city.at(t);
        double output = 0, value_added = 0;
        for (std::size_t i = 0; i < config.industries.size(); ++i)
            for (std::size_t k = 0; k < cluster_count(config); ++k) {
                output += record.cells.at(t, i, k).output;
                value_added += record.cells.at(t, i, k).value_added;
            }
        EXPECT_NEAR(city.all_industry_output, city.rest_output + output, 1e-9 * city.all_industry_output);
        EXPECT_NEAR(city.all_industry_value_added, city.rest_value_added + value_added,
                    1e-9 * city.all_industry_output);
        EXPECT_GT(city.rest_employment, 0);
        EXPECT_LT(city.unemployment, 0.5);
    }
}

// What a plan brings to emerging industries is more than what it brings to the city.
TEST(RestOfIndustry, LosesSomeOfWhatThePlanBrings) {
    const growth_tests::Settings certain = {{"scenario.parameter_uncertainty", "false"}};
    const auto without = growth_tests::simulate(growth_tests::flagship(certain), 0);
    const auto with = growth_tests::simulate(load(plan, certain), 0);
    EXPECT_LT(with.city.at(19).rest_output, without.city.at(19).rest_output);
}

}  // namespace
