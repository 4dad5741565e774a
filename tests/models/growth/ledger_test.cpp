// The ledger: what a schedule promises is what is spent, and what is spent arrives or leaks.
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::flagship;
using growth_tests::Replicate;

// 1, 2, 0, 0.5 and 3 a year; the integral of a year is its own value.
const std::vector<double> by_year = {1, 2, 0, 0.5, 3};
constexpr const char* schedule = "{ by_year = { 2011 = 1, 2012 = 2, 2013 = 0, 2014 = 0.5, 2015 = 3 } }";

std::vector<LedgerRow> rows_of(const Config& config, std::size_t lever, std::uint32_t replicate) {
    Replicate run(config, replicate);
    std::vector<LedgerRow> rows;
    run.through(Growth::steps(config), [&](int) { rows.push_back(run.state.policy.ledger[lever]); });
    return rows;
}

void expect_spent_as_scheduled(const Config& config, std::size_t lever) {
    const auto rows = rows_of(config, lever, 0);
    const auto steps = static_cast<std::size_t>(config.scenario.steps_per_year);
    for (std::size_t year = 0; year < by_year.size(); ++year) {
        double money = 0;
        for (std::size_t t = 0; t < steps; ++t) money += rows[year * steps + t].money;
        EXPECT_NEAR(money, by_year[year], 1e-9) << 2011 + year;
    }
}

TEST(Ledger, SpecialFundSpendsItsSchedule) {
    expect_spent_as_scheduled(flagship({{"levers.special_fund.budget", schedule}}), lever_index<SpecialFund>());
    expect_spent_as_scheduled(flagship({{"levers.special_fund.budget", schedule}, {"scenario.steps_per_year", "12"}}),
                              lever_index<SpecialFund>());
}

TEST(Ledger, ProgrammesSpendTheirSchedules) {
    expect_spent_as_scheduled(flagship({{"levers.overseas_talent.budget", schedule}}), lever_index<OverseasTalent>());
    expect_spent_as_scheduled(flagship({{"levers.attraction.budget", schedule}}), lever_index<Attraction>());
}

TEST(Ledger, MoneyPaidInCashArrivesOrLeaks) {
    const auto config = flagship(
        {{"levers.special_fund.budget", "3"}, {"levers.venture_fund.budget", "2"}, {"levers.tax.take_up", "0.5"}});
    for (const auto lever : {lever_index<SpecialFund>(), lever_index<VentureFund>(), lever_index<Tax>()}) {
        double money = 0;
        for (const auto& row : rows_of(config, lever, 0)) {
            EXPECT_NEAR(row.received + row.leaked, row.money + row.joined, 1e-9);
            EXPECT_GE(row.received, 0);
            EXPECT_GE(row.leaked, 0);
            money += row.money;
        }
        EXPECT_GT(money, 0);
    }
}

// Delivered 0.8, a tenth of it misused: 0.72 of the money arrives.
TEST(Ledger, MisuseAndGovernanceLeak) {
    growth_tests::Settings settings = {{"scenario.parameter_uncertainty", "false"},
                                       {"levers.special_fund.budget", "3"},
                                       {"levers.special_fund.misuse", "0.1"}};
    const auto config = flagship(settings);
    for (const auto& place : config.places) ASSERT_EQ(place.governance, 0.8);
    for (const auto& row : rows_of(config, lever_index<SpecialFund>(), 0)) {
        EXPECT_NEAR(row.received, 0.72 * row.money, 1e-12);
        EXPECT_NEAR(row.leaked, 0.28 * row.money, 1e-12);
    }
}

// 1.5 of private money joins each yuan of the venture fund.
TEST(Ledger, PrivateMoneyJoinsByTheLeverage) {
    const auto config = flagship({{"scenario.parameter_uncertainty", "false"}, {"levers.venture_fund.budget", "2"}});
    for (const auto& row : rows_of(config, lever_index<VentureFund>(), 0))
        EXPECT_NEAR(row.joined, 1.5 * row.money, 1e-12);
}

// What the venture fund does not invest waits.
TEST(Ledger, VentureFundInvestsOrWaits) {
    const auto config = flagship({{"levers.venture_fund.budget", schedule}});
    Replicate run(config, 0);
    double spent = 0, given = 0;
    run.through(Growth::steps(config), [&](int step) {
        given += by_year[static_cast<std::size_t>(step / 4)] / 4;
        spent += run.state.policy.ledger[lever_index<VentureFund>()].money;
        ASSERT_NEAR(spent + run.state.policy.venture_money, given, 1e-9);
    });
    EXPECT_GT(spent, 6);
}

// What platforms do not spend they save.
TEST(Ledger, PlatformsSpendOrSave) {
    const auto config = flagship({{"levers.platforms.budget", schedule}});
    Replicate run(config, 0);
    double spent = 0, given = 0;
    run.through(Growth::steps(config), [&](int step) {
        given += by_year[static_cast<std::size_t>(step / 4)] / 4;
        spent += run.state.policy.ledger[lever_index<Platforms>()].money;
        ASSERT_NEAR(spent + run.state.policy.platform_fund, given, 1e-9);
    });
    EXPECT_GT(spent, 3);
}

// 1.25 a quarter buys four at 0.3: eleven are ordered within three quarters and open a year later.
TEST(Ledger, MoneyEnoughGivesEveryClusterAPlatform) {
    const auto config = flagship({{"levers.platforms.budget", "5"}});
    Replicate run(config, 0);
    run.through(8, [&](int step) {
        double open = 0;
        for (const auto& cluster : run.state.clusters) open += cluster.platforms;
        EXPECT_EQ(open, step < 4 ? 0 : step == 4 ? 4 : step == 5 ? 8 : 11) << "step " << step;
    });
}

// 0.045 a year on the loans outstanding, which reach their volume at once; a point of interest comes to less than one
// on the whole volume, as it is paid on what is new credit.
TEST(Ledger, CreditCostsItsLossesAndSubsidies) {
    growth_tests::Settings settings = {{"scenario.parameter_uncertainty", "false"}, {"levers.credit.volume", "20"}};
    for (const auto& row : rows_of(flagship(settings), lever_index<Credit>(), 0)) {
        EXPECT_GT(row.money, 0.045 * 20 / 4);
        EXPECT_LT(row.money, 0.055 * 20 / 4);
    }
    settings.push_back({"levers.credit.interest_subsidy", "0"});
    for (const auto& row : rows_of(flagship(settings), lever_index<Credit>(), 0))
        EXPECT_NEAR(row.money, 0.045 * 20 / 4, 1e-9);
}

// Half of the land that 0.3 + 0.3 of the supply hands out is the policy's.
TEST(Ledger, LandIsPaidByTheMu) {
    const auto config = flagship({{"scenario.parameter_uncertainty", "false"}, {"levers.land_guarantee.share", "0.3"}});
    double land = 0;
    for (const auto& row : rows_of(config, lever_index<LandGuarantee>(), 0)) {
        EXPECT_NEAR(row.money, 0.0045 * row.land, 1e-12);
        land += row.land;
    }
    EXPECT_GT(land, 0);
}

}  // namespace
