// What is reported of the draws of uncertain numbers is what replicates use.
#include "models/growth/measure/drawn.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

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

// Two numbers with a correlation of -0.7, several that share a draw: what is reported is what replicates have, over
// many draws the correlation comes out, the distribution of each stays, and all others have the bits they had.
TEST(Drawn, JointlyDrawnNumbersAreCorrelated) {
    const std::string growth = "parameters.demand.price_elasticity", mergers = "parameters.exit.merger_rate";
    const auto plain = growth_tests::uncalibrated();
    const growth_tests::Settings rows = {{"joint.one.keys", "[\"" + growth + "\"]"},
                                         {"joint.two.keys", "[\"" + mergers + "\", \"industries.*.demand_growth\"]"},
                                         {"joint.two.correlation", "[-0.7]"}};
    const auto config = growth_tests::uncalibrated(rows);
    const DrawnNumbers drawn({&config}), before({&plain});
    ASSERT_EQ(drawn.shared().size(), before.shared().size());
    for (const auto& [path, value] : numbers_of(config, 7)) {
        std::vector<double> row;
        drawn.append_shared(7, row);
        for (std::size_t i = 0; i < row.size(); ++i)
            if (drawn.shared()[i].path == path) {
                EXPECT_EQ(row[i], value) << path;
            }
    }

    std::vector<double> x, y;
    std::size_t same = 0, moved = 0, jointly = 0;
    constexpr std::size_t draws = 4000;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        std::vector<double> row, old;
        drawn.append_shared(draw, row);
        before.append_shared(draw, old);
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto& path = drawn.shared()[i].path;
            const bool is_joint = path == growth || path == mergers ||
                                  (path.starts_with("industries.") && path.ends_with(".demand_growth"));
            if (path == growth) x.push_back(row[i]);
            if (path == mergers) y.push_back(std::log(row[i]));
            if (draw == 0) (is_joint ? jointly : same) += 1;
            moved += !is_joint && row[i] != old[i];
        }
    }
    EXPECT_EQ(moved, 0);
    EXPECT_GE(jointly, 3);
    const auto mean = [](const auto& v) { return std::accumulate(v.begin(), v.end(), 0.0) / draws; };
    const auto about = [&](const auto& a, const auto& b) {
        double sum = 0;
        for (std::size_t i = 0; i < draws; ++i) sum += (a[i] - mean(a)) * (b[i] - mean(b));
        return sum / draws;
    };
    const double correlation = about(x, y) / std::sqrt(about(x, x) * about(y, y));
    EXPECT_NEAR(correlation, -0.7, 4 * (1 - 0.49) / std::sqrt(draws)) << "four standard errors";

    const auto value = std::ranges::find_if(config.uncertain, [&](const auto& v) { return v.path == mergers; });
    const auto below = [&](double end) {
        return static_cast<double>(std::ranges::count_if(y, [&](double at) { return at < std::log(end); })) / draws;
    };
    EXPECT_NEAR(below(value->prior.low), 0.05, 4 * std::sqrt(0.05 * 0.95 / draws));
    EXPECT_NEAR(below(value->prior.high), 0.95, 4 * std::sqrt(0.05 * 0.95 / draws));

    // An arm that fixes one of them, with the others as they were.
    auto with_one_fixed = rows;
    with_one_fixed.push_back({growth, "0.07"});
    const auto fixed = growth_tests::uncalibrated(with_one_fixed);
    EXPECT_EQ(numbers_of(fixed, 3).at(mergers), numbers_of(config, 3).at(mergers));
    const DrawnNumbers arms(std::vector<const Config*>{&config, &fixed});
    ASSERT_EQ(arms.own().size(), 1);
    EXPECT_EQ(arms.own()[0].path, growth);
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
