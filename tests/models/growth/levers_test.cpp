// The levers: their equations, the facts every one of them states, and that doing nothing is doing nothing.
#include "models/growth/levers.hpp"

#include <set>
#include <string>

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

// (E39) 1.05 x (1 - 0.45) x 2 = 1.155
TEST(Levers, E39ResearchAddedByHand) {
    EXPECT_NEAR(research_added(2.0, 0.45, 1.05), 1.155, 1e-15);
    EXPECT_EQ(research_added(2.0, 1.0, 1.05), 0.0);
    EXPECT_EQ(research_added(0.0, 0.45, 1.05), 0.0);
    EXPECT_LT(research_added(2.0, 0.45, -0.5), 0.0);  // crowding out is possible
}

// (E40) 0.5 / (1 + 10/10) = 0.25
TEST(Levers, E40IncrementalCreditByHand) {
    EXPECT_EQ(incremental_credit(0.5, 10, 10), 0.25);
    EXPECT_EQ(incremental_credit(0.5, 0, 10), 0.5);
    EXPECT_LT(incremental_credit(0.5, 1e6, 10), 1e-5);  // not scalable
}

// (E41) (1 - 0.19)^(-1/2) = 1 / 0.9
TEST(Levers, E41DeductionEffectByHand) {
    EXPECT_NEAR(deduction_effect(0.19, 0.5), 1 / 0.9, 1e-15);
    EXPECT_EQ(deduction_effect(0.0, 0.4), 1.0);
    EXPECT_EQ(deduction_effect(0.1, 0.0), 1.0);
    EXPECT_GT(deduction_effect(0.1, 0.6), deduction_effect(0.1, 0.4));
}

TEST(Levers, StateTheirFacts) {
    Levers levers;
    std::vector<std::string> keys;
    std::set<std::string> ids, names;
    Levers::visit(levers, [&](const auto& lever) {
        const auto& facts = lever.facts;
        EXPECT_FALSE(facts.name.empty()) << facts.key;
        EXPECT_FALSE(facts.name_zh.empty()) << facts.key;
        EXPECT_GE(static_cast<unsigned char>(facts.name_zh.back()), 0x80) << facts.key << " is not Chinese";
        EXPECT_FALSE(facts.section.empty()) << facts.key;
        EXPECT_FALSE(facts.works_on.empty()) << facts.key;
        EXPECT_FALSE(facts.source.empty()) << facts.key;
        EXPECT_NE(std::string("ABCD").find(facts.grade), std::string::npos) << facts.key;
        EXPECT_TRUE(ids.insert(std::string(facts.id)).second) << facts.id << " twice";
        EXPECT_TRUE(names.insert(std::string(facts.name)).second) << facts.name << " twice";
        keys.emplace_back(facts.key);
    });
    EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), keys.size());
    EXPECT_EQ(lever_count(), keys.size());

    std::vector<std::string> described;
    Levers::describe(levers, [&](const sim::Field& field, const auto&) { described.emplace_back(field.name); });
    EXPECT_EQ(described, keys);
    EXPECT_EQ(lever_index<Platforms>(), 0);
    EXPECT_EQ(keys[lever_index<SpecialFund>()], "special_fund");
    EXPECT_EQ(keys[lever_index<LandGuarantee>()], "land_guarantee");
}

// Every lever has one schedule, which is its strength; a scenario that does not name the lever leaves it at zero.
TEST(Levers, AreOffUnlessScheduled) {
    Levers levers;
    Levers::visit(levers, [](const auto& lever) {
        int schedules = 0;
        lever.describe(lever, [&](const sim::Field&, const auto& member) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, sim::Schedule>) {
                ++schedules;
                EXPECT_TRUE(member.is_zero()) << lever.facts.key;
            }
        });
        EXPECT_EQ(schedules, 1) << lever.facts.key;
    });
}

const growth_tests::Settings all_at_zero = {{"levers.platforms.budget", "0"},    {"levers.overseas_talent.budget", "0"},
                                            {"levers.attraction.budget", "0"},   {"levers.special_fund.budget", "0"},
                                            {"levers.venture_fund.budget", "0"}, {"levers.credit.volume", "0"},
                                            {"levers.tax.take_up", "0"},         {"levers.land_guarantee.share", "0"}};

// A lever written down with nothing in it changes no bit, nor do its other numbers while it is off.
TEST(Levers, AtZeroAreTheStatusQuo) {
    const auto status_quo = growth_tests::flagship();
    auto settings = all_at_zero;
    const auto zero = growth_tests::flagship(settings);
    settings.insert(settings.end(), {{"levers.special_fund.misuse", "0.01"},
                                     {"levers.special_fund.spending_years", "4"},
                                     {"levers.platforms.imitation_factor", "4"},
                                     {"levers.credit.interest_subsidy", "0.05"},
                                     {"levers.tax.user_cost_cut", "0.4"},
                                     {"levers.venture_fund.leverage", "9"}});
    const auto otherwise = growth_tests::flagship(settings);
    for (const std::uint32_t replicate : {0u, 7u}) {
        const auto expected = growth_tests::bits_of(growth_tests::play(status_quo, replicate));
        EXPECT_EQ(growth_tests::bits_of(growth_tests::play(zero, replicate)), expected);
        EXPECT_EQ(growth_tests::bits_of(growth_tests::play(otherwise, replicate)), expected);
    }
}

}  // namespace
