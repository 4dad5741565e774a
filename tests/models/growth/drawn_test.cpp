// What is reported of the draws of uncertain numbers is what replicates use.
#include "models/growth/measure/drawn.hpp"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "models/growth/config.hpp"
#include "models/growth/policy/deals.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/tables.hpp"
#include "sim/scenario/numbers.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using growth::Config;
using growth::DrawnNumbers;

// Every uncertain number of a replicate's own configuration, by its path.
std::map<std::string, double> numbers_of(const Config& config, std::uint32_t replicate) {
    auto own = growth::draw_config(config, {static_cast<std::uint64_t>(config.scenario.seed), replicate});
    std::vector<std::string_view> paths;
    for (const auto& value : config.uncertain) paths.push_back(value.path);
    std::map<std::string, double> numbers;
    sim::visit_numbers(sim::table_of(own), paths,
                       [&](const sim::FoundNumber& at) { numbers[std::string(paths[at.index])] = at.value; });
    return numbers;
}

TEST(Drawn, AreTheNumbersThatAReplicateHas) {
    auto config = growth_tests::flagship();
    config.scenario.replicates_per_draw = 3;
    const DrawnNumbers drawn({&config});
    ASSERT_EQ(drawn.shared().size(), config.uncertain.size());
    EXPECT_TRUE(drawn.own().empty());
    for (std::size_t draw : {0, 1, 41}) {
        std::vector<double> row;
        drawn.append_shared(draw, row);
        const auto numbers = numbers_of(config, static_cast<std::uint32_t>(3 * draw + 1));
        for (std::size_t i = 0; i < row.size(); ++i)
            EXPECT_EQ(row[i], numbers.at(drawn.shared()[i].path)) << drawn.shared()[i].path;
    }
}

// The draws of a number hang on its own path alone, by a hash that is the same everywhere (FNV-1a).
TEST(Drawn, AreKeyedByTheirPaths) {
    EXPECT_EQ(growth::entity_of("parameters.exit.merger_rate"), 344430990u);
    EXPECT_NE(growth::entity_of("parameters.exit.merger_rate"), growth::entity_of("parameters.exit.merger_ratf"));
}

TEST(Drawn, AreReportedForEachScenarioWhereTheyDiffer) {
    const auto config = growth_tests::flagship();
    auto fixed = config, wider = config;
    const auto path_of = [&](const std::string& path) {
        return [path](const auto& value) { return value.path == path; };
    };
    std::erase_if(fixed.uncertain, path_of("parameters.rest.growth"));
    fixed.parameters.rest.growth = 0.07;
    std::ranges::find_if(wider.uncertain, path_of("parameters.exit.merger_rate"))->prior.high *= 2;
    const DrawnNumbers drawn(std::vector<const Config*>{&config, &fixed, &wider});
    EXPECT_EQ(drawn.shared().size(), config.uncertain.size() - 2);
    ASSERT_EQ(drawn.own().size(), 2);
    EXPECT_EQ(drawn.own()[0].path, "parameters.rest.growth");
    const std::vector<const Config*> arms{&config, &fixed, &wider};
    for (std::size_t scenario = 0; const auto* each : arms) {
        std::vector<double> row;
        drawn.append_own(scenario++, 5, row);
        const auto numbers = numbers_of(*each, 5);
        for (std::size_t i = 0; i < row.size(); ++i)
            if (const auto known = numbers.find(drawn.own()[i].path); known != numbers.end())
                EXPECT_EQ(row[i], known->second);
            else
                EXPECT_EQ(row[i], 0.07);
    }
}

TEST(Drawn, WhatAScenarioLacksIsMissing) {
    const auto config = growth_tests::flagship();
    auto without = config;
    without.components->of<growth::Deal>().clear();
    std::erase_if(without.uncertain, [](const auto& value) { return value.path.starts_with("deals."); });
    const DrawnNumbers drawn({&config, &without});
    ASSERT_FALSE(drawn.own().empty());
    std::vector<double> row;
    drawn.append_own(1, 0, row);
    for (const double value : row) EXPECT_TRUE(std::isnan(value));
}

TEST(Drawn, NothingIsDrawnWithoutUncertainty) {
    auto config = growth_tests::flagship();
    config.scenario.parameter_uncertainty = false;
    const DrawnNumbers drawn({&config});
    EXPECT_TRUE(drawn.shared().empty() && drawn.own().empty());
}

TEST(Drawn, HaveNamesInBothLanguagesAndUnits) {
    const auto config = growth_tests::flagship();
    const DrawnNumbers drawn({&config});
    for (const auto& number : drawn.shared()) {
        EXPECT_FALSE(number.name.empty() || number.unit.empty()) << number.path;
        EXPECT_NE(number.name, number.name_zh) << number.path << " has no Chinese name";
        EXPECT_NE(number.unit, "as the channel") << number.path;
    }
}

}  // namespace
