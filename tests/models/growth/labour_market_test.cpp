// The labour market: what tightness does to wages, who comes for them, and what firms do whom nobody can be found for.
#include "models/growth/labour_market.hpp"

#include "models/growth/rest_of_industry.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::Replicate;

// (E85) 1 - (0.5 x 0.98 + 0.5 x 0.96) = 0.03
TEST(LabourMarket, E85UnemploymentFeltByHand) {
    EXPECT_NEAR(unemployment_felt(0.5, 0.98, 0.96), 0.03, 1e-15);
    EXPECT_NEAR(unemployment_felt(0, 0.98, 0.5), 0.02, 1e-15);  // nobody commutes: the place alone
    EXPECT_NEAR(unemployment_felt(1, 0.5, 0.96), 0.04, 1e-15);  // all do: the city alone
    EXPECT_EQ(unemployment_felt(0.5, 1.2, 1.1), 0.005);
}

// (E86) (0.02 / 0.04)^(-0.1) = 2^0.1
TEST(LabourMarket, E86WageCurveByHand) {
    EXPECT_NEAR(wage_premium(0.02, 0.04, 0.1), std::pow(2, 0.1), 1e-15);
    EXPECT_NEAR(wage_premium(0.08, 0.04, 0.1), std::pow(2, -0.1), 1e-15);
    EXPECT_EQ(wage_premium(0.04, 0.04, 0.1), 1);
    EXPECT_EQ(wage_premium(0.01, 0.04, 0.0), 1);  // wages that answer nothing
    EXPECT_LT(wage_premium(least_unemployment, 0.04, 0.1), 1.24);
}

// (E87) 1000 e^(0.25 (0.02 + 2 ln e^0.1)) = 1000 e^0.055
TEST(LabourMarket, E87LabourForceByHand) {
    LabourMarketParameters p;
    p.natural_growth = 0.02, p.migration = 2;
    EXPECT_NEAR(labour_force(p, 1000, std::exp(0.1), 0.25), 1000 * std::exp(0.055), 1e-10);
    EXPECT_NEAR(labour_force(p, 1000, 1, 1), 1000 * std::exp(0.02), 1e-10);
    EXPECT_LT(labour_force(p, 1000, 0.9, 1), 1000);  // who finds no work leaves
}

// (E88) 60 here and half of the 40 that lack: 80 of 100
TEST(LabourMarket, E88HiresServedByHand) {
    EXPECT_NEAR(hires_served(100, 60, 0.5), 0.8, 1e-15);
    EXPECT_EQ(hires_served(100, 60, 1), 1);
    EXPECT_EQ(hires_served(100, 160, 0), 1);
    EXPECT_EQ(hires_served(0, 0, 0), 1);
}

TEST(LabourMarket, StartsInBalance) {
    const Replicate run(growth_tests::flagship(), 1);
    const double first = run.config.parameters.labour_market.unemployment;
    for (const auto& place : run.state.places) {
        const double workers = place.emerging_workers + rest_workers(run.state, place);
        EXPECT_GT(workers, 0);
        EXPECT_NEAR(workers, (1 - first) * place.labour_force, 1e-9 * workers);
    }
    auto next = run;
    next.through(1, [](int) {});
    for (const auto& place : next.state.places) EXPECT_NEAR(place.wage_premium, 1, 1e-9);
}

// Without policy wages keep near the national path: nothing in the start drives them.
TEST(LabourMarket, KeepsNearBalanceWithoutPolicy) {
    const auto config = growth_tests::flagship({{"scenario.parameter_uncertainty", "false"}});
    double first = 0, last = 0;
    constexpr int replicates = 8;
    for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
        const auto record = growth_tests::simulate(config, replicate);
        first += record.city.at(3).wage_premium / replicates;
        last += record.city.at(19).wage_premium / replicates;
    }
    EXPECT_NEAR(first, 1, 0.02);
    EXPECT_NEAR(last, 1, 0.04);
}

TEST(LabourMarket, ATightPlacePaysMoreAndDrawsPeople) {
    Replicate as_it_is(growth_tests::flagship(), 0);
    auto tight = as_it_is;
    const auto zhuji = tight.config.places.index_of("zhuji"), xinchang = tight.config.places.index_of("xinchang");
    tight.state.places[zhuji].labour_force *= 0.98;
    const double before = tight.state.places[zhuji].labour_force;
    for (auto* run : {&as_it_is, &tight}) clear_labour_market(run->config, run->state.clock.first_step(), run->state);
    const auto &there = tight.state.places[zhuji], &elsewhere = tight.state.places[xinchang];
    EXPECT_GT(there.wage_premium, elsewhere.wage_premium);
    EXPECT_GT(elsewhere.wage_premium, 1);  // some of its people commute
    EXPECT_GT(there.labour_force / before,
              as_it_is.state.places[zhuji].labour_force / as_it_is.state.places[zhuji].labour_force);
    EXPECT_GT(tight.state.city.wage_premium, 1);
}

// Where few are without work, a firm finds a part of whom it wants, and pays more for all.
TEST(LabourMarket, FirmsHireWhomTheyFind) {
    Replicate as_it_is(growth_tests::flagship(), 0);
    auto scarce = as_it_is;
    for (auto& place : scarce.state.places) place.labour_force *= 0.9;
    scarce.config.parameters.labour_market.turnover = 0;
    for (auto* run : {&as_it_is, &scarce}) run->through(1, [](int) {});
    double workers = 0, fewer = 0;
    for (const auto& cell : as_it_is.state.cells) workers += cell.now.labour;
    for (const auto& cell : scarce.state.cells) fewer += cell.now.labour;
    for (const auto& place : scarce.state.places) EXPECT_LT(place.hires_served, 0.01);
    for (const auto& place : as_it_is.state.places) EXPECT_GT(place.hires_served, 0.5);
    EXPECT_LT(fewer, workers);
}

TEST(LabourMarket, APlaceWithoutFirmsHarmsNobody) {
    const auto config = growth_tests::flagship(
        {{"places.empty", "{ name = \"Empty\", name_zh = \"空\", weight = 0, land_supply = 0 }"}});
    Replicate run(config, 0);
    run.through(8, [](int) {});
    const auto& place = run.state.places[run.config.places.index_of("empty")];
    EXPECT_EQ(place.labour_force, 0);
    EXPECT_GT(place.wage_premium, 0.5);
    EXPECT_TRUE(std::isfinite(run.state.city.rest_output));
}

}  // namespace
