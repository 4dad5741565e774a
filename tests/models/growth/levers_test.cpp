// The levers of the plan: all 26 are there with their facts, and one that is off, or given nothing, does nothing.
#include "models/growth/policy/levers.hpp"

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "models/growth/policy/deals.hpp"
#include "models/growth/policy/grants.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/responses.hpp"
#include "models/growth/policy/subsidies.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::bits_of;
using growth_tests::load;
using growth_tests::simulate;

constexpr const char* plan = "scenarios/shaoxing-2011/plan.toml";

bool is_chinese(const std::string& text) {
    return std::ranges::any_of(text, [](char letter) { return static_cast<unsigned char>(letter) >= 0xe4; });
}

// 四(一) to 四(八) name 3, 3, 4, 3, 2, 3, 5 and 3 instruments.
TEST(Levers, AreTheInstrumentsOfThePlan) {
    const auto config = growth_tests::flagship();
    std::vector<std::string> expected, ids;
    const std::vector<int> groups = {3, 3, 4, 3, 2, 3, 5, 3};
    for (std::size_t group = 0; group < groups.size(); ++group)
        for (int k = 0; k < groups[group]; ++k)
            expected.push_back(std::to_string(group + 1) + std::string(1, static_cast<char>('a' + k)));
    for (const auto& lever : config.levers) ids.push_back(lever.id);
    std::ranges::sort(ids);
    EXPECT_EQ(ids, expected);
}

TEST(Levers, StateTheirFactsInBothLanguages) {
    const auto config = growth_tests::flagship();
    const std::vector<std::string> sections = {"一", "二", "三", "四", "五", "六", "七", "八"};
    std::set<std::string> names, names_zh;
    for (const auto& lever : config.levers) {
        EXPECT_FALSE(is_chinese(lever.name) || lever.name.empty()) << lever.key;
        EXPECT_TRUE(is_chinese(lever.name_zh)) << lever.key;
        EXPECT_TRUE(names.insert(lever.name).second && names_zh.insert(lever.name_zh).second) << lever.key;
        EXPECT_EQ(lever.section, "四(" + sections[static_cast<std::size_t>(lever.id[0] - '1')] + ")") << lever.key;
        EXPECT_FALSE(lever.works_on.empty() || lever.source.empty()) << lever.key;
        for (const auto& dose : lever.doses) EXPECT_TRUE(dose.is_zero()) << lever.key << " acts in the status quo";
    }
    Components::visit(*config.components, [&](auto, auto, const auto& rows) {
        for (const auto& row : rows) {
            EXPECT_FALSE(is_chinese(row.name) || row.name.empty()) << row.key;
            EXPECT_TRUE(is_chinese(row.name_zh)) << row.key;
            EXPECT_FALSE(row.source.empty()) << row.key;
        }
    });
}

// Each has components that act, and stands in docs/instruments.md with the words of the plan it answers to.
TEST(Levers, HaveComponentsAndAreExplained) {
    const auto config = growth_tests::flagship();
    std::map<std::string, int> components;
    Components::visit(*config.components, [&](auto, auto, const auto& rows) {
        for (const auto& row : rows) components[row.lever] += row.on;
    });
    std::stringstream page;
    page << std::ifstream(JIJU_SOURCE_DIR "/docs/instruments.md").rdbuf();
    for (const auto& lever : config.levers) {
        EXPECT_GT(components[lever.key], 0) << lever.key;
        EXPECT_NE(page.str().find("| " + lever.id + " `" + lever.key + "` "), std::string::npos) << lever.key;
    }
    EXPECT_EQ(components.size(), config.levers.size());
}

// In the plan every one of them is given something.
TEST(Levers, AreAllInThePlan) {
    for (const auto& lever : load(plan).levers) EXPECT_TRUE(is_dosed(lever)) << lever.key;
}

// ---- doing nothing is doing nothing

// Every number but those of the levers themselves.
std::vector<std::uint64_t> bits_of_the_city(const Record& record) {
    std::vector<std::uint64_t> all;
    const auto variables = sim::variables_of(record);
    const auto columns = sim::columns_of(record);
    for (std::size_t k = 0; k < columns.size(); ++k)
        if (!variables[k].name.starts_with("lever_"))
            for (const double value : columns[k]) all.push_back(growth_tests::bits(value));
    return all;
}

TEST(Levers, ThatAreOffAreTheStatusQuo) {
    const auto status_quo = growth_tests::flagship();
    auto off = load(plan);
    for (auto& lever : off.levers) lever.on = false;
    for (const std::uint32_t replicate : {0u, 7u})
        EXPECT_EQ(bits_of(simulate(off, replicate)), bits_of(simulate(status_quo, replicate)));
    EXPECT_NE(bits_of(simulate(load(plan), 0)), bits_of(simulate(status_quo, 0)));
}

TEST(Levers, OfWhichNothingIsRealisedAreTheStatusQuo) {
    const growth_tests::Settings certain = {{"scenario.parameter_uncertainty", "false"}};
    auto none = load(plan, certain);
    for (auto& lever : none.levers) lever.realised = 0;
    EXPECT_EQ(bits_of(simulate(none, 3)), bits_of(simulate(growth_tests::flagship(certain), 3)));
}

// The money is spent, on services that do nothing; the city does not notice.
TEST(Levers, WithoutComponentsMoveNothing) {
    const auto status_quo = growth_tests::flagship();
    auto bare = load(plan);
    Components::visit(*bare.components, [](auto, auto, auto& rows) {
        for (auto& row : rows) row.on = false;
    });
    const auto record = simulate(bare, 4);
    EXPECT_EQ(bits_of_the_city(record), bits_of_the_city(simulate(status_quo, 4)));
    double services = 0, money = 0;
    for (int t = 0; t < Growth::steps(bare); ++t)
        for (std::size_t k = 0; k < bare.levers.size(); ++k)
            for (std::size_t who = 0; who < recipients; ++who) {
                services += record.levers.at(t, k, who).lever_services;
                money += record.levers.at(t, k, who).lever_money;
            }
    EXPECT_GT(services, 1);
    EXPECT_NEAR(services, money, 1e-9);
}

// Nor do the numbers of components whose lever has no dose.
TEST(Levers, WithoutADoseHaveNoEffectWhateverTheirStrength) {
    const auto status_quo = growth_tests::flagship();
    auto strong = status_quo;
    for (auto& r : strong.components->of<Response>()) r.effect *= 1.5, r.lag_years = 0, r.displacement = 0.5;
    for (auto& g : strong.components->of<Grant>()) g.size = 1, g.share = 0.1;
    for (auto& d : strong.components->of<Deal>()) d.backed_closure = 0.1, d.size = 5;
    for (auto& u : strong.components->of<Subsidy>()) u.rate = 0.5;
    std::erase_if(strong.uncertain, [](const auto& value) { return value.path.starts_with("responses."); });
    EXPECT_EQ(bits_of(simulate(strong, 2)), bits_of(simulate(status_quo, 2)));
}

}  // namespace
