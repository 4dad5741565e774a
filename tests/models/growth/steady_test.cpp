// Where nothing changes, nothing changes: a city without shocks and growth stands still.
#include "models/growth/cells.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::simulate;

// The flagship's firms in a macro economy that stands still: no growth, no shock, no innovation, nobody comes or goes.
// Every firm has its industry's ratio of capital to output, so what is invested is known: maintenance, and nothing
// else. base_investment is 610.86 / 0.98 x 4 (1 - e^-0.025), where 610.86 sums capital over output times sales.
Config still() {
    growth_tests::Settings settings = {
        {"scenario.parameter_uncertainty", "false"}, {"scenario.base_investment", "61.559947503562064"},
        {"macro.ex_ante.industrial_growth", "0.10"},                                              // the normal rate
        {"macro.ex_ante.price_growth", "0"},         {"macro.ex_ante.lending_rate", "0.06"},      // the normal rate
        {"macro.ex_ante.wage_growth", "0"},          {"parameters.production.wage", "0.00001"}};  // nobody makes losses
    for (const char* zero : {"population.technique_spread",
                             "rest.growth",
                             "labour_market.natural_growth",
                             "macro.burn_in_wage_growth",
                             "investment.trigger",  // nobody is between two expansions
                             "investment.lump",
                             "production.price_spread",
                             "demand.change_response",
                             "demand.level_response",
                             "demand.size_drag",
                             "demand.order_volatility",
                             "innovation.search_efficiency",
                             "innovation.learning",
                             "innovation.volatility",
                             "knowledge.own_agglomeration",
                             "knowledge.spillover",
                             "knowledge.congestion",
                             "knowledge.subsidised_rivals",
                             "supply_chain.upstream_elasticity",
                             "talent.arrivals",
                             "entry.start_up_rate",
                             "entry.spin_off_rate",
                             "entry.attracted_rate",
                             "entry.grafted_rate",
                             "entry.plant_spillover",
                             "listing.rate",
                             "exit.closure_rate",
                             "exit.merger_rate"})
        settings.push_back({std::string("parameters.") + zero, "0"});
    for (const char* industry : {"equipment", "materials", "biomedicine", "environment", "energy", "information"})
        for (const char* zero : {"demand_growth", "burn_in_demand_growth", "demand_volatility", "price_growth",
                                 "price_volatility", "frontier_growth", "research_share"})
            settings.push_back({std::string("industries.") + industry + "." + zero, "0"});
    auto config = growth_tests::uncalibrated(settings);
    for (auto& factor : config.factors) factor.volatility = factor.jump_rate = 0;
    for (auto& field : config.fields)
        field.demand_growth = field.price_growth = field.price_volatility =
            0;  // the chain stays, with nothing to carry
    return config;
}

TEST(Steady, OutputAndCapitalStandStill) {
    const auto config = still();
    for (const std::uint32_t replicate : {0u, 1u}) {
        const auto record = simulate(config, replicate);
        const auto steps = static_cast<std::size_t>(Growth::steps(config));
        for (std::size_t i = 0; i < config.industries.size(); ++i)
            for (std::size_t k = 0; k < cluster_count(config); ++k) {
                const auto first = record.cells.at(0, i, k);
                for (std::size_t t = 1; t < steps; ++t) {
                    const auto now = record.cells.at(t, i, k);
                    ASSERT_NEAR(now.output, first.output, 1e-9 * first.output) << "step " << t;
                    ASSERT_NEAR(now.capital, first.capital, 1e-9 * first.capital) << "step " << t;
                    ASSERT_NEAR(now.employment, first.employment, 1e-9 * first.employment) << "step " << t;
                    ASSERT_EQ(now.firms, first.firms);
                }
            }
        for (std::size_t t = 0; t < steps; ++t) {
            const auto city = record.city.at(t);
            EXPECT_EQ(city.closures + city.bankruptcies + city.mergers + city.refused, 0) << "step " << t;
            EXPECT_NEAR(city.all_industry_output, 6676 / 0.98 / 4, 1e-6) << "step " << t;
        }
    }
}

// Sales of the base year continue: 1363 a year over 0.98, and the industries keep their parts.
TEST(Steady, StandsStillWhereTheDataAre) {
    const auto config = still();
    const auto record = simulate(config, 0);
    for (std::size_t i = 0; i < config.industries.size(); ++i)
        for (const std::size_t t : {std::size_t{0}, std::size_t{19}}) {
            double output = 0;
            for (std::size_t k = 0; k < cluster_count(config); ++k) output += record.cells.at(t, i, k).output;
            const double expected = config.industries[i].base_sales / 0.98 / 4;
            EXPECT_NEAR(output, expected, 1e-9 * expected) << config.industries[i].key << ", step " << t;
        }
}

// Maintenance is all that is invested: capital / output by industry times sales over 0.98, times 1 - e^-0.025 a
// quarter.
TEST(Steady, InvestmentIsMaintenance) {
    const auto config = still();
    double capital = 0;
    for (const auto& industry : config.industries)
        capital += industry.capital_output_ratio * industry.base_sales / 0.98;
    const auto record = simulate(config, 0);
    const auto worn = -std::expm1(-0.025);
    EXPECT_NEAR(record.city_baseline.at().investment_adjustment, 1, 1e-9);
    double investment = 0, held = 0;
    for (std::size_t i = 0; i < config.industries.size(); ++i)
        for (std::size_t k = 0; k < cluster_count(config); ++k) {
            investment += record.cells.at(19, i, k).investment;
            held += record.cells.at(19, i, k).capital;
        }
    EXPECT_NEAR(held, capital, 1e-8 * capital);
    EXPECT_NEAR(investment, worn * capital, 1e-8 * capital);
}

// A single cause makes a single effect: 2 % more national demand a year, and output grows by just that while plants
// and crews can follow.
TEST(Steady, OutputFollowsDemandWhileItCan) {
    auto config = still();
    for (auto& industry : config.industries) industry.demand_growth = 0.02;
    const auto record = simulate(config, 0);
    // Growth is 0.02 / 4 a step, of firms of every size: some cross the threshold from the first step on.
    double first = 0, fifth = 0;
    for (std::size_t tier = 0; tier < tiers; ++tier)
        first += record.tiers.at(0, tier).tier_sales, fifth += record.tiers.at(4, tier).tier_sales;
    EXPECT_NEAR(std::log(fifth / first), 0.02, 5e-4);
}

}  // namespace
