// Arms as a page names them.
#include "study/arm.hpp"

#include <gtest/gtest.h>

#include "sim/describe/errors.hpp"
#include "study/description.hpp"
#include "study/layout.hpp"

namespace jiju {
namespace {

const std::string river = JIJU_SOURCE_DIR "/scenarios/tutorial/river-city.toml";

std::string effective(Arms& arms, const Arm& arm) {
    return effective_scenario(arms.open(arm).config);
}

TEST(Arms, OpenAsTheCommandLineDoes) {
    Arms arms;
    const std::vector<std::string> settings{"levers.special_fund.budget.times=2", "scenario.years=3"};
    std::vector<sim::Override> overrides;
    for (const auto& setting : settings) overrides.push_back(sim::Override::parse(setting));
    EXPECT_EQ(effective(arms, {river, std::nullopt, settings}),
              effective_scenario(open_scenario(river, overrides).config));
}

TEST(Arms, ATextMayExtendAScenario) {
    Arms arms;
    const Arm text{"mine.toml", "extends = \"" + river + "\"\n[scenario]\nyears = 3\n", {}};
    EXPECT_EQ(effective(arms, text), effective(arms, {river, std::nullopt, {"scenario.years=3"}}));
}

TEST(Arms, AWrongTextIsRefusedWithItsLine) {
    Arms arms;
    try {
        static_cast<void>(arms.open({"mine.toml", "extends = \"" + river + "\"\n[scenario]\nyaers = 3\n", {}}));
        FAIL() << "was opened";
    } catch (const sim::ScenarioError& error) {
        ASSERT_FALSE(error.problems.empty());
        EXPECT_EQ(error.problems.front().place, "mine.toml:3:1");
        EXPECT_NE(error.problems.front().message.find("years"), std::string::npos) << "the nearest name";
    }
}

TEST(Arms, ATextIsNotMistakenForAnotherOfItsName) {
    Arms arms;
    const auto text = [](const char* years) {
        return Arm{"mine.toml", "extends = \"" + river + "\"\n[scenario]\nyears = " + years + "\n", {}};
    };
    EXPECT_NE(effective(arms, text("3")), effective(arms, text("4")));
}

TEST(Arms, WhatIsSavedOpensAsTheSame) {
    Arms arms;
    const std::vector<Arm> all{
        {river, std::nullopt, {}},
        {river, std::nullopt, {"levers.special_fund.budget.times=2", "levers.special_fund.on=true"}},
        {river, std::nullopt, {"levers.special_fund.budget=3", "levers.special_fund.budget.times=2"}},
        {"mine.toml", "extends = \"" + river + "\"\n", {"scenario.years=3"}},
    };
    for (const auto& arm : all)
        EXPECT_EQ(effective(arms, {"saved.toml", arms.text_of(arm), {}}), effective(arms, arm)) << arms.text_of(arm);
    EXPECT_LT(arms.text_of(all[1]).size(), 500) << "a few changes are a few lines";
}

TEST(Arms, AreDescribedInBothLanguagesAndWithinTheirAxes) {
    Arms arms;
    const auto all = described(arms.open({JIJU_SOURCE_DIR "/scenarios/shaoxing-2011/plan.toml", std::nullopt, {}}));
    for (const auto& output : all["outputs"])
        for (const auto& dim : output["dims"])
            EXPECT_TRUE(all["axes"].contains(dim.get<std::string>())) << output["name"] << dim;
    for (const auto& [name, axis] : all["axes"].items()) EXPECT_EQ(axis["keys"].size(), axis["names"].size()) << name;
    for (const auto* table : {"levers", "places", "purses"})
        for (const auto& row : all[table]) EXPECT_NE(row["name"]["en"], row["name"]["zh"]) << table << row["key"];
    for (const auto& lever : all["levers"])
        for (const auto& dose : lever["doses"]) {
            EXPECT_EQ(dose["values"].size(), all["years"].size());
            EXPECT_EQ(dose["steps"].size(), all["years"].size() * all["steps_per_year"].get<std::size_t>());
        }
}

}  // namespace
}  // namespace jiju
