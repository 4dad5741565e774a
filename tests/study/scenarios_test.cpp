// Thousands of scenarios, kept by their differences, are those that were put in.
#include "study/scenarios.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sim/output/digest.hpp"
#include "study/layout.hpp"
#include "study/outline.hpp"
#include "study/scenario.hpp"

namespace {

using namespace jiju;

Scenario opened(const std::vector<sim::Override>& settings = {}) {
    return open_scenario(JIJU_SOURCE_DIR "/scenarios/tutorial/river-city.toml", settings);
}

TEST(Scenarios, AreThoseThatWerePutIn) {
    std::vector<Scenario> given{opened(), opened({{"levers.platforms.budget", "0.7"}}),
                                opened({{"parameters.innovation.relabelled", "0.5"}}),
                                open_scenario(JIJU_SOURCE_DIR "/scenarios/shaoxing-2011/plan.toml")};
    for (std::size_t i = 0; i < given.size(); ++i) given[i].key = fmt::format("p{}", i);
    const Scenarios kept(given);
    ASSERT_EQ(kept.size(), given.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
        EXPECT_EQ(kept.key(i), given[i].key);
        EXPECT_EQ(effective_scenario(kept.config(i)), effective_scenario(given[i].config)) << i;
    }
}

// What a row refers to by its key is found again, not taken from the scenario that is kept whole.
TEST(Scenarios, FindWhatTheirRowsReferTo) {
    const auto plan = [](const std::vector<sim::Override>& settings) {
        return open_scenario(JIJU_SOURCE_DIR "/scenarios/shaoxing-2011/plan.toml", settings);
    };
    const auto index = [](const growth::Config& config) {
        return config.levers[config.levers.index_of("special_fund")].purse_index;
    };
    const auto with = plan({}), without = plan({{"levers.special_fund.purse", "\"own\""}});
    ASSERT_NE(index(with.config), index(without.config));
    const Scenarios kept({with, without, with});
    EXPECT_EQ(index(kept.config(0)), index(with.config));
    EXPECT_EQ(index(kept.config(1)), index(without.config));
    EXPECT_EQ(index(kept.config(2)), index(with.config));
}

TEST(Study, DistinguishesKeysAndRefusesOtherDraws) {
    const auto study = side_by_side({opened(), opened({{"levers.platforms.budget", "0.7"}})});
    EXPECT_NE(study.scenarios.key(0), study.scenarios.key(1));
    EXPECT_THROW((void)side_by_side({opened(), opened({{"scenario.seed", "5"}})}), sim::ScenarioError);
}

TEST(Layout, OfOneRunHasOneFingerprintAndOfAnotherAnother) {
    const auto of = [](const std::vector<sim::Override>& settings) {
        return outline_of(Study{std::vector{opened(settings)}}).run_sha256;
    };
    EXPECT_EQ(of({}), of({}));
    EXPECT_NE(of({}), of({{"scenario.seed", "5"}}));
    EXPECT_NE(of({}), of({{"levers.platforms.budget", "0.7"}}));
}

}  // namespace
