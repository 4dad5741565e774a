// Arms that differ in levers, targets, clusters, industries and places share a run, and each gives there what it gives
// alone.
#include "study/common_axes.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "models/growth/measure/measure.hpp"
#include "models/growth/model.hpp"
#include "sim/run/ensemble.hpp"
#include "study/layout.hpp"
#include "study/scenario.hpp"

namespace {

using namespace jiju;
using Settings = std::vector<sim::Override>;

Scenario opened(Settings settings = {}) {
    settings.push_back({"scenario.years", "2"});
    settings.push_back({"scenario.burn_in_years", "1"});
    return open_scenario(JIJU_SOURCE_DIR "/scenarios/tutorial/river-city.toml", settings);
}

const Settings more_money{
    {"levers.small_fund", "{ like = \"special_fund\", budget = 0.5, eligible.tiers = [\"start_up\"] }"}};
const Settings more_targets{
    {"targets.T9",
     "{ name = \"Nine\", name_zh = \"九\", section = \"1\", output = \"output\", unit = \"1e8 CNY/year\", "
     "value = 150 }"}};
const Settings more_clusters{{"clusters.old_medicine",
                              "{ name = \"Old medicine\", name_zh = \"老城医药\", industry = \"medicine\", "
                              "places = [\"old_town\"], share = 0.5, firm_share = 0.5 }"}};

std::vector<std::string> keys(const growth::Config& config, const char* axis) {
    for (const auto& each : growth::axes_of(config))
        if (each.name == axis) return each.keys;
    return {};
}

growth::Record simulated(const growth::Config& config) {
    auto record = growth::Growth::blank(config);
    int step = 0;
    sim::simulate<growth::Growth>(config, {static_cast<std::uint64_t>(config.scenario.seed), 3}, record, nullptr, step);
    return record;
}

TEST(CommonAxes, AreTheUnionInAnOrderOfEachArm) {
    auto first = opened(more_targets), second = opened(more_money), third = opened(more_clusters);
    const auto study = side_by_side({first, second, third});
    for (const auto* axis : {"lever", "target", "cluster"})
        EXPECT_EQ(keys(study.scenarios[0].config, axis), keys(study.scenarios[2].config, axis)) << axis;
    EXPECT_EQ(keys(study.scenarios[0].config, "lever").back(), "small_fund");
    EXPECT_EQ(keys(study.scenarios[1].config, "target").back(), "T9");
    const auto& absent = study.scenarios[0].config.levers.back();
    EXPECT_FALSE(growth::is_dosed(absent));
    EXPECT_TRUE(study.scenarios[1].config.clusters.back().places.empty());
}

TEST(CommonAxes, EachArmGivesWhatItGivesAlone) {
    const auto plain = opened(), rich = opened(more_money), split = opened(more_clusters);
    const auto study = side_by_side({plain, rich, split, opened(more_targets)});
    const std::vector<Scenario> alone{plain, rich, split};
    for (std::size_t arm = 0; arm < alone.size(); ++arm) {
        const auto& config = study.scenarios[arm].config;
        const auto here = simulated(config), there = simulated(alone[arm].config);
        EXPECT_EQ(here.city.values_of(0).size(), there.city.values_of(0).size());
        for (std::size_t member = 0; member < here.city.members; ++member)
            for (std::size_t t = 0; t < here.city.values_of(member).size(); ++t) {
                const double a = here.city.values_of(member)[t], b = there.city.values_of(member)[t];
                EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << arm << " " << member << " " << t;
            }
        const auto wider = keys(config, "lever"), own = keys(alone[arm].config, "lever");
        for (std::size_t k = 0; k < own.size(); ++k) {
            const auto at = static_cast<std::size_t>(std::ranges::find(wider, own[k]) - wider.begin());
            for (std::size_t t = 0; t < 8; ++t)
                EXPECT_EQ(here.accounts.at(t, at).lever_allotted, there.accounts.at(t, k).lever_allotted) << own[k];
        }
        for (std::size_t k = 0; k < alone[arm].config.targets.size(); ++k)
            EXPECT_EQ(here.targets.at(k).target_value, there.targets.at(k).target_value) << k;
    }
    const auto& plain_here = study.scenarios[0].config;
    const auto record = simulated(plain_here);
    const auto extra = plain_here.levers.index_of("small_fund");
    for (std::size_t t = 0; t < 8; ++t) EXPECT_EQ(record.accounts.at(t, extra).lever_allotted, 0);
    const auto nine = plain_here.targets.index_of("T9");
    EXPECT_EQ(record.targets.at(nine).target_value, record.targets.at(0).target_value) << "judged in every arm";
}

// Of clusters that another arm has, none is counted, among all neither.
TEST(CommonAxes, AClusterOfAnotherArmIsCountedInNoShare) {
    const Settings shares{
        {"targets.T8", "{ output = \"output\", count = \"clusters\", bound = 0.001, as_share = true, value = 1 }"},
        {"targets.T9",
         "{ output = \"lever_site_share\", where = { lever = \"platforms\" }, "
         "value = 1 }"}};
    const auto plain = opened(shares);
    const auto study = side_by_side({plain, opened(more_clusters), opened(more_money)});
    const auto& config = study.scenarios[0].config;
    ASSERT_GT(config.clusters.size(), plain.config.clusters.size());
    const auto record = simulated(config);
    EXPECT_EQ(record.targets.at(config.targets.index_of("T8")).target_value, 1);
    const auto alone = simulated(plain.config);
    EXPECT_GT(alone.targets.at(plain.config.targets.index_of("T9")).target_value, 0);
    EXPECT_EQ(record.targets.at(config.targets.index_of("T9")).target_value,
              alone.targets.at(plain.config.targets.index_of("T9")).target_value);
}

// A target of another arm is judged by the lever that it names, which has none here.
TEST(CommonAxes, ATargetMayNameWhatAnArmLacks) {
    auto settings = more_money;
    settings.push_back({"targets.T9", "{ output = \"lever_money\", where = { lever = \"small_fund\" }, value = 0.1 }"});
    const auto study = side_by_side({opened(), opened(settings)});
    for (std::size_t arm = 0; arm < 2; ++arm) {
        const auto& config = study.scenarios[arm].config;
        const double value = simulated(config).targets.at(config.targets.index_of("T9")).target_value;
        EXPECT_EQ(value > 0, arm == 1) << value;
    }
}

// The coordinate has the purse of each arm.
TEST(CommonAxes, PursesAreThoseOfEachArm) {
    const auto first = opened(), second = opened({{"levers.special_fund.purse", "own"}});
    const auto companions = growth::lever_companions({&first.config, &second.config});
    EXPECT_EQ(companions.front().by_scenario,
              first.config.levers[first.config.levers.index_of("special_fund")].purse != "own");
    EXPECT_FALSE(growth::lever_companions({&first.config, &first.config}).front().by_scenario);
}

TEST(CommonAxes, EffectiveScenariosSaySo) {
    const auto study = side_by_side({opened(more_clusters), opened(more_money)});
    for (const auto& scenario : study.scenarios) {
        const auto text = effective_scenario(scenario.config);
        EXPECT_EQ(effective_scenario(growth::read_config(sim::parse(text, "effective"))), text);
    }
}

const Settings more_industries{
    {"industries.alloys",
     "{ name = \"Alloys\", name_zh = \"合金\", base_sales = 10, above_scale_firms = 8, fringe_firms = 5 }"},
    {"places.far_town",
     "{ name = \"Far town\", name_zh = \"远镇\", weight = 2, land_price = 0.003, land_supply = 100 }"},
    {"fields.light_alloys", "{ name = \"Light\", name_zh = \"轻\", industry = \"alloys\", share = 0.4 }"},
    {"fields.hard_alloys", "{ name = \"Hard\", name_zh = \"硬\", industry = \"alloys\", share = 0.6 }"},
    {"targets.T9", "{ output = \"output\", where = { industry = \"alloys\", place = \"far_town\" }, value = 1 }"}};

// The new rows before all others, so that those of the arm that lacks them move.
Scenario with_last_first(Scenario scenario) {
    auto& c = scenario.config;
    std::rotate(c.industries.rbegin(), c.industries.rbegin() + 1, c.industries.rend());
    std::rotate(c.places.rbegin(), c.places.rbegin() + 1, c.places.rend());
    return scenario;
}

bool alike(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

// Whatever lies before, between or behind its own rows.
TEST(CommonAxes, IndustriesAndPlacesOfOthersMoveNothing) {
    const auto plain = opened();
    auto wider = opened(more_industries);
    for (const bool turned : {false, true}) {
        if (turned) wider = with_last_first(wider);
        const std::vector<Scenario> arms = turned ? std::vector{wider, plain} : std::vector{plain, wider};
        const auto study = side_by_side(arms);
        for (std::size_t at = 0; at < arms.size(); ++at) {
            const auto& alone = arms[at];
            const auto& config = study.scenarios[at].config;
            const auto here = simulated(config), there = simulated(alone.config);
            for (std::size_t member = 0; member < here.city.members; ++member)
                for (std::size_t t = 0; t < here.city.values_of(member).size(); ++t)
                    ASSERT_TRUE(alike(here.city.values_of(member)[t], there.city.values_of(member)[t]))
                        << member << " " << t;
            for (std::size_t i = 0; i < alone.config.industries.size(); ++i)
                for (std::size_t k = 0; k < alone.config.places.size(); ++k)
                    EXPECT_EQ(here.industry_places
                                  .at(7, config.industries.index_of(alone.config.industries[i].key),
                                      config.places.index_of(alone.config.places[k].key))
                                  .output,
                              there.industry_places.at(7, i, k).output);
        }
        const auto& config = study.scenarios[turned ? 1 : 0].config;
        const auto record = simulated(config);
        EXPECT_EQ(record.industry_places.at(7, config.industries.index_of("alloys"), config.places.index_of("old_town"))
                      .output,
                  0);
        EXPECT_EQ(record.local.at(7, config.places.index_of("far_town")).place_land_reserve, 0);
        EXPECT_EQ(record.targets.at(config.targets.index_of("T9")).target_value, 0);
        EXPECT_EQ(keys(study.scenarios[0].config, "field"), keys(study.scenarios[1].config, "field"));
        for (const auto& scenario : study.scenarios) {
            const auto text = effective_scenario(scenario.config);
            EXPECT_EQ(effective_scenario(growth::read_config(sim::parse(text, "effective"))), text);
        }
    }
}

TEST(CommonAxes, ArmsThatOrderIndustriesOtherwiseAreRefused) {
    auto other = opened();
    std::reverse(other.config.industries.begin(), other.config.industries.end());
    EXPECT_THROW((void)side_by_side({opened(), other}), sim::ScenarioError);
}

// Of one industry no arm has other fields than another.
TEST(CommonAxes, OtherFieldsOfAnIndustryAreRefused) {
    const Settings other{
        {"fields.all_alloys", "{ name = \"All\", name_zh = \"全\", industry = \"alloys\", share = 1 }"},
        more_industries[0]};
    EXPECT_THROW((void)side_by_side({opened(more_industries), opened(other)}), sim::ScenarioError);
}

}  // namespace
