// How outcomes respond: more demand means more output, and a third of the step means the same story.
#include <algorithm>

#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::flagship;
using growth_tests::last_output;
using growth_tests::simulate;

// A replicate may fall a little behind with more demand: a firm that expands at another time meets another bound.
constexpr double tolerated_fall = 0.005;

TEST(Response, MoreDemandMeansMoreOutput) {
    const auto base = flagship();
    auto raised = base;
    for (auto& industry : raised.industries) industry.demand_growth += 0.02;
    std::vector<double> gains;
    int fallen = 0;
    double worst = 1;
    for (std::uint32_t replicate = 0; replicate < 40; ++replicate) {
        const double low = last_output(base, simulate(base, replicate)),
                     high = last_output(raised, simulate(raised, replicate));
        gains.push_back(high / low - 1);
        fallen += high < low;
        worst = std::min(worst, high / low - 1);
    }
    const auto gain = growth_tests::moments_of(gains);
    RecordProperty("gain", std::to_string(gain.mean));
    RecordProperty("fallen", fallen);
    RecordProperty("worst", std::to_string(worst));
    EXPECT_GT(gain.mean, 3 * gain.error);
    EXPECT_GT(gain.mean, 0.02);
    EXPECT_GE(worst, -tolerated_fall);
}

// A city without macro shocks of its own: what chance is left is that of firms, which averages out.
growth_tests::Settings calm(const char* steps_per_year) {
    growth_tests::Settings settings = {{"scenario.steps_per_year", steps_per_year}};
    for (const auto& factor : flagship().factors)
        for (const char* zero : {".volatility", ".jump_rate"})
            settings.push_back({"factors." + factor.key + zero, "0"});
    for (const auto& industry : flagship().industries)
        for (const char* zero : {".demand_volatility", ".price_volatility"})
            settings.push_back({"industries." + industry.key + zero, "0"});
    return settings;
}

// Half quarters draw other chance than quarters for the same parameters and the same firms, so pairs differ by chance
// and by the step; the mean difference is the step's.
void expect_the_same_story(const char* scenario) {
    const auto quarters = growth_tests::load(scenario, calm("4")), halves = growth_tests::load(scenario, calm("8"));
    std::vector<double> difference, coarse;
    for (std::uint32_t replicate = 0; replicate < 150; ++replicate) {
        const double a = last_output(quarters, simulate(quarters, replicate));
        const double b = last_output(halves, simulate(halves, replicate));
        coarse.push_back(a), difference.push_back(b - a);
    }
    const auto level = growth_tests::moments_of(coarse), change = growth_tests::moments_of(difference);
    testing::Test::RecordProperty("level", std::to_string(level.mean));
    testing::Test::RecordProperty("difference", std::to_string(change.mean / level.mean));
    testing::Test::RecordProperty("error", std::to_string(change.error / level.mean));
    // what is decided, opened and counted once a step leaves up to a percent (docs/trust.md)
    EXPECT_LT(std::abs(change.mean), 2 * change.error + 0.01 * level.mean);
    EXPECT_LT(change.error, 0.01 * level.mean);  // or the comparison says nothing
}

TEST(Response, HalvingTheStepGivesTheSameResults) {
    expect_the_same_story("scenarios/shaoxing-2011/status-quo.toml");
}

TEST(Response, HalvingTheStepOfThePlanGivesTheSameResults) {
    expect_the_same_story("scenarios/shaoxing-2011/plan.toml");
}

}  // namespace
