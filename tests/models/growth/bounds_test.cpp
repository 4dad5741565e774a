// Whatever a scenario may say runs, and ends in numbers: scenarios are drawn within the documented bounds, extremes and
// all. tools/campaign_bounds tries thousands.
#include <rapidcheck.h>

#include "models/growth/adding_up.hpp"
#include "models/growth/extent.hpp"
#include "models/growth/policy/grants.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "sim/describe/errors.hpp"
#include "tests/bounds/drawn.hpp"
#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;

TEST(Bounds, HoldWhateverIsDrawnWithinThem) {
    const bounds::Base base(JIJU_SOURCE_DIR "/scenarios/tutorial/river-city.toml");
    int ran = 0;
    EXPECT_TRUE(rc::check("what is accepted runs", [&] {
        const auto changes = bounds::draw(base, *rc::gen::arbitrary<std::uint32_t>());
        const auto answer = bounds::attempt(base, changes);
        ran += answer.verdict == bounds::Verdict::runs;
        if (answer.verdict == bounds::Verdict::fails) RC_FAIL(answer.reason + "\n" + bounds::as_file(base, changes));
    }));
    EXPECT_GT(ran, 30) << "most of what is drawn is to be accepted";
}

// What is drawn is put back into the file as it would be read.
TEST(Bounds, AreThoseOfTheDescription) {
    const bounds::Base base(JIJU_SOURCE_DIR "/scenarios/tutorial/river-city.toml");
    const auto settings = bounds::one_at_a_time(base);
    EXPECT_GT(settings.size(), 3000);
    for (std::size_t i = 0; i < settings.size(); i += 97) {
        const auto answer = bounds::attempt(base, {settings[i]});
        const bool is_number = !settings[i].value.starts_with('"');  // another channel has other bounds
        if (is_number && answer.verdict == bounds::Verdict::refused) {
            EXPECT_EQ(answer.reason.find("allowed: "), std::string::npos)
                << settings[i].key << " = " << settings[i].value << ": " << answer.reason;
        }
        EXPECT_NE(answer.verdict, bounds::Verdict::fails)
            << settings[i].key << " = " << settings[i].value << ": " << answer.reason;
    }
}

// The instances that showed what bounds were too wide for.
TEST(Bounds, HoldWhereTheyOnceBroke) {
    const auto runs = [](const growth_tests::Settings& settings, std::uint32_t replicates) {
        const auto config = growth_tests::load("scenarios/shaoxing-2011/plan.toml", settings);
        for (std::uint32_t k = 0; k < replicates; ++k)
            EXPECT_NO_THROW(growth_tests::simulate(config, k)) << settings[0].key << ", replicate " << k;
    };
    runs({{"responses.new_city_land.displacement", "0.7"}}, 20);
    runs({{"purses.municipal.money", "0"}}, 20);
    runs({{"parameters.innovation.relabelled", "0.9"}}, 2);
    runs({{"responses.technology_loans.effect", "-1"},
          {"responses.branch_loans.effect", "-1"},
          {"responses.bank_matching.effect", "-1"},
          {"responses.leading_credit.effect", "-1"},
          {"responses.growing_credit.effect", "-1"}},
         4);
}

TEST(Bounds, OfEveryChannelHoldItsNeutralValue) {
    for (const auto& facts : channel_facts) {
        const double neutral = facts.kind == Kind::factor ? 1 : 0;
        EXPECT_TRUE(facts.effect.hold(neutral) && facts.total.hold(neutral)) << facts.word;
        EXPECT_LT(facts.effect.least, facts.effect.most) << facts.word;
        if (facts.kind == Kind::factor) {
            EXPECT_GT(facts.total.least, 0) << facts.word;
        }
    }
}

// Three levers that each multiply by the most a channel takes, and three that add it.
TEST(Bounds, OfAChannelHoldAllResponsesTogether) {
    growth_tests::Settings settings;
    for (const auto* key : {"one", "two", "three"}) {
        settings.push_back(growth_tests::lever(key, "effort = 1"));
        settings.push_back(growth_tests::component("responses", "dose = \"effort\", channel = \"search\", effect = 100",
                                                   std::string("search_") + key, key));
        settings.push_back(growth_tests::component("responses",
                                                   "dose = \"effort\", channel = \"credit_limit\", effect = -3",
                                                   std::string("credit_") + key, key));
    }
    growth_tests::PolicyRun run(settings);
    run.step();
    for (std::size_t i = 0; i < run.state.cells.size(); ++i)
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            EXPECT_EQ(run.policy().effects.of(Channel::search, i)(static_cast<double>(tier)), 100);
            EXPECT_EQ(run.policy().effects.of(Channel::credit_limit, i)(static_cast<double>(tier)), -3);
        }
}

// Province and state take back more than the purse holds: it is empty, and nobody's budget is below zero.
TEST(Bounds, LeaveAPurseEmptyAndNotBelow) {
    growth_tests::PolicyRun run(
        {{"purses.common", "{ name = \"Common\", name_zh = \"共用\", money = 2 }"},
         growth_tests::lever("trial", "budget = 3, effort = 1, purse = \"common\""),
         growth_tests::component("responses", "dose = \"effort\", channel = \"funds\", effect = -10")});
    run.step();
    EXPECT_EQ(run.lever().given(Dose::budget), 2);
    run.step();
    EXPECT_EQ(run.lever().given(Dose::budget), 0);
}

// Shares that are drawn one by one are cut alike where they are more than the whole, and left alone where they fit.
TEST(Bounds, OfAWholeHoldItsPartsWhateverIsDrawn) {
    auto own = growth_tests::load("scenarios/shaoxing-2011/plan.toml");
    const auto before = own;
    reconcile(own);
    for (std::size_t k = 0; k < own.clusters.size(); ++k) EXPECT_EQ(own.clusters[k].share, before.clusters[k].share);
    for (std::size_t k = 0; k < own.components->of<Grant>().size(); ++k)
        EXPECT_EQ(own.components->of<Grant>()[k].share, before.components->of<Grant>()[k].share);
    own.components->of<Grant>()[0].share = 0.9;
    own.components->of<Grant>()[1].share = 0.6;
    own.components->of<Grant>()[1].lever = own.components->of<Grant>()[0].lever;
    for (std::size_t k = 2; k < own.components->of<Grant>().size(); ++k) own.components->of<Grant>()[k].on = false;
    for (auto& industry : own.industries) industry.fringe_firms = 1e6;
    reconcile(own);
    EXPECT_NEAR(own.components->of<Grant>()[0].share / own.components->of<Grant>()[1].share, 1.5, 1e-12);
    EXPECT_LE(own.components->of<Grant>()[0].share + own.components->of<Grant>()[1].share, 1 + 1e-9);
    double firms = 0;
    for (const auto& industry : own.industries) firms += industry.above_scale_firms + industry.fringe_firms;
    EXPECT_LE(firms, most_firms * (1 + 1e-9));
}

TEST(Bounds, RefuseWhatNoMachineHolds) {
    const auto refusal = [](const growth_tests::Settings& settings) -> std::string {
        try {
            static_cast<void>(growth_tests::flagship(settings));
        } catch (const sim::ScenarioError& error) {
            return error.what();
        }
        return {};
    };
    const auto firms =
        refusal({{"industries.equipment.fringe_firms", "1000000"}, {"industries.materials.fringe_firms", "1000000"}});
    EXPECT_NE(firms.find("firms are too many; at most 2000000"), std::string::npos) << firms;
    const auto entrants = refusal({{"industries.equipment.fringe_firms", "1000000"},
                                   {"parameters.entry.start_up_rate", "1"},
                                   {"scenario.years", "30"}});
    EXPECT_NE(entrants.find("GB a replicate"), std::string::npos) << entrants;
    EXPECT_EQ(refusal({{"industries.equipment.fringe_firms", "1000000"}}), "");
    const auto sizes =
        refusal({{"parameters.population.base_threshold", "5"}, {"parameters.population.size_cap", "5"}});
    EXPECT_NE(sizes.find("raise `size_cap` to 10.5"), std::string::npos) << sizes;
}

}  // namespace
