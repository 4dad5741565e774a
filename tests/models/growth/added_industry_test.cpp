// A seventh industry with its cluster, its instrument and its target is added to the plan by data alone.
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "models/growth/cells.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/responses.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
namespace fs = std::filesystem;

// Low-altitude aircraft: an industry that none of the city's scenarios has, with an instrument of every mechanism.
constexpr const char* aircraft = R"(
extends = "plan.toml"

[industries.aircraft]
name = "Light aircraft"
name_zh = "通用航空"
base_sales = 20
above_scale_firms = 12
fringe_firms = 30

[clusters.binhai_aircraft]
name = "Aircraft at Binhai"
name_zh = "滨海通用航空集聚区"
industry = "aircraft"
places = ["binhai", "shangyu"]
share = 0.7
firm_share = 0.6

[levers.airfield]
id = "9a"
name = "Airfield and its services"
name_zh = "通用机场建设"
section = "九"
budget = { step = 3, from = "2011Q2" }
loans = { step = 2, from = "2011Q2" }
effort = { ramp = [0, 1], from = "2011Q2", to = "2012Q2" }
eligible = { industries = ["aircraft"] }

[sites.airfields]
lever = "airfield"
share = 0.4
cost = 1
running_cost = 0.02
build_years = 1

[responses.airfield_projects]
lever = "airfield"
dose = "sites"
channel = "attracted"
effect = { median = 3, low = 2, high = 4, distribution = "lognormal" }
lag_years = 0.5

[responses.airfield_search]
lever = "airfield"
dose = "budget"
channel = "search"
effect = 1.5
scale = 10
memory_years = 2

[grants.aircraft_research]
size = 0.02
lever = "airfield"
share = 0.3
use = "research"

[deals.aircraft_equity]
lever = "airfield"
share = 0.2
size = 0.2

[credits.aircraft_loans]
scale = 10
lever = "airfield"
loss_rate = 0.02

[subsidies.aircraft_plants]
lever = "airfield"
base = "investment"
rate = 0.1
elasticity_small = 0.5
elasticity_large = 0.5

[treatments.pilots]
lever = "airfield"
share = 0.1
cost = 0.02
gain = "efficiency"
effect = 0.05

[targets.T18]
name = "Aircraft of 2 billion yuan"
name_zh = "通用航空产值达到20亿元"
section = "九"
output = "output"
where = { industry = "aircraft" }
unit = "1e8 CNY/year"
value = 20
)";

Config with_aircraft() {
    const auto folder = fs::path(testing::TempDir()) / ("added_industry" + std::to_string(::getpid()));
    fs::remove_all(folder);
    fs::copy(JIJU_SOURCE_DIR "/scenarios", folder, fs::copy_options::recursive);
    const auto path = folder / "shaoxing-2011" / "aircraft.toml";
    std::ofstream(path) << aircraft;
    auto config = read_config(sim::load(path));
    fs::remove_all(folder);
    return config;
}

TEST(AddedIndustry, IsOneMoreOfEverything) {
    const auto plan = growth_tests::load("scenarios/shaoxing-2011/plan.toml"), config = with_aircraft();
    EXPECT_EQ(config.industries.size(), plan.industries.size() + 1);
    EXPECT_EQ(config.clusters.size(), plan.clusters.size() + 1);
    EXPECT_EQ(config.levers.size(), plan.levers.size() + 1);
    EXPECT_EQ(config.targets.size(), plan.targets.size() + 1);
    EXPECT_EQ(config.components->of<Response>().size(), plan.components->of<Response>().size() + 2);
    EXPECT_TRUE(std::ranges::any_of(
        config.uncertain, [](const auto& value) { return value.path == "responses.airfield_projects.effect"; }));
}

// It is settled to its figures, grows, is served by every mechanism, keeps its books and is measured.
TEST(AddedIndustry, RunsThroughThePlan) {
    const auto config = with_aircraft();
    const auto industry = config.industries.index_of("aircraft");
    const auto cluster = config.clusters.index_of("binhai_aircraft"), target = config.targets.index_of("T18");
    const auto airfield = config.levers.index_of("airfield");
    for (const std::uint32_t replicate : {0u, 1u}) {
        const auto record = growth_tests::simulate(config, replicate);  // checks the books after every step
        EXPECT_NEAR(record.industry_baseline.at(industry).base_sales, 20, 1e-6);
        EXPECT_EQ(record.city_baseline.at().base_firms, 644 + 12);
        LeverOutputs all;
        double output = 0, beyond = 0;
        for (int t = 0; t < Growth::steps(config); ++t) {
            EXPECT_GT(record.cells.at(t, industry, cluster).output, 0);
            for (std::size_t k = 0; t >= Growth::steps(config) - 4 && k < cluster_count(config); ++k)
                output += record.cells.at(t, industry, k).output;
            beyond += record.accounts.at(t, airfield).lever_beyond;
            for (std::size_t who = 0; who < recipients; ++who) {
                const auto row = record.levers.at(t, airfield, who);
                all.lever_money += row.lever_money, all.lever_joined += row.lever_joined;
                all.lever_received += row.lever_received, all.lever_leaked += row.lever_leaked;
                all.lever_services += row.lever_services, all.lever_persons += row.lever_persons;
            }
        }
        EXPECT_NEAR(record.targets.at(target).target_value, output, 1e-9 * output);
        EXPECT_GT(all.lever_joined, 0) << "no deal";
        EXPECT_GT(all.lever_leaked, 0) << "no grant";
        EXPECT_GT(beyond, 0.02 * 2 * 5) << "no subsidy, but losses of loans at most";
        EXPECT_GT(all.lever_persons, 10) << "nobody treated";
        EXPECT_GT(all.lever_services, 1) << "no airfield";
    }
}

// The figures of the others stay theirs.
TEST(AddedIndustry, LeavesTheOthersTheirFigures) {
    const auto plan = growth_tests::load("scenarios/shaoxing-2011/plan.toml"), config = with_aircraft();
    const growth_tests::Replicate without(plan, 0), with(config, 0);
    const auto sales = [](const growth_tests::Replicate& run, std::string_view industry) {
        return run.state.baseline.sales[run.config.industries.index_of(industry)];
    };
    for (const auto& each : plan.industries)
        EXPECT_NEAR(sales(with, each.key), sales(without, each.key), 1e-9 * each.base_sales);
}

}  // namespace
