// Attention: effort moves to the industries that lag behind their targets, and there is no more of it in all.
#include "models/growth/policy/attention.hpp"

#include <numeric>

#include "tests/models/growth/trial.hpp"

namespace {

using namespace growth;
using growth_tests::component;
using growth_tests::delivered;
using growth_tests::lever;
using growth_tests::Replicate;

// (E49) a tenth behind at a response of 2: e^0.2; between 1/2 and 2
TEST(Attention, E49WeightByHand) {
    EXPECT_NEAR(attention_weight(0.1, 2), std::exp(0.2), 1e-15);
    EXPECT_NEAR(attention_weight(-0.1, 2), std::exp(-0.2), 1e-15);
    EXPECT_EQ(attention_weight(0.0, 2), 1.0);
    EXPECT_EQ(attention_weight(0.5, 0), 1.0);
    EXPECT_EQ(attention_weight(5, 1), 2.0);
    EXPECT_EQ(attention_weight(-5, 1), 0.5);
}

// Energy is to be a hundred times what it was, so it lags; materials may shrink, so they do not.
growth_tests::Settings uneven() {
    const auto target = [](const char* industry, const char* value) {
        return std::string(
                   "{ name = \"Trial\", name_zh = \"试验\", section = \"0\", output = \"output\", unit = "
                   "\"1e8 CNY/year\", where = { industry = \"") +
               industry + "\" }, value = " + value + " }";
    };
    return {{"targets.T4", target("energy", "5200")},
            {"targets.T5", target("materials", "41")},
            lever("trial", "effort = 1"),
            component("responses", "dose = \"effort\", channel = \"attention\", effect = 0.5"),
            component("responses", "dose = \"effort\", channel = \"absorption\", effect = 0.2", "seen")};
}

TEST(Attention, MovesToWhatLagsWithAMeanOfOne) {
    auto config = growth_tests::with(uneven());
    std::erase_if(config.targets, [](const Target& target) {
        return target.output == "output" && target.where.industry != "" && target.key != "T4" && target.key != "T5";
    });
    Replicate run(config, 0);
    const auto energy = config.industries.index_of("energy"), materials = config.industries.index_of("materials");
    run.through(12, [&](int step) {
        const auto& attention = run.state.policy.attention;
        if (step < 4) {  // nothing was reported of the plan's own years yet
            for (const double each : attention) EXPECT_EQ(each, 1.0) << "step " << step;
            return;
        }
        const auto& sales = run.state.baseline.sales;
        double mean = 0;
        for (std::size_t i = 0; i < attention.size(); ++i) mean += attention[i] * sales[i];
        EXPECT_NEAR(mean / std::accumulate(sales.begin(), sales.end(), 0.0), 1, 1e-12);
        for (std::size_t i = 0; i < attention.size(); ++i) {
            EXPECT_TRUE(i == energy || attention[i] < attention[energy]) << i;
            EXPECT_TRUE(i == materials || attention[i] > attention[materials]) << i;
        }
        // and with it what the levers do there
        for (std::size_t i = 0; i < run.state.cells.size(); ++i)
            EXPECT_NEAR(run.state.policy.effects.of(Channel::absorption, i).everyone(),
                        0.2 * delivered * attention[run.state.cells[i].industry], 1e-14);
    });
}

TEST(Attention, StaysWhereItIsWithoutALever) {
    auto settings = uneven();
    settings.push_back({"responses.trial.on", "false"});
    Replicate run(growth_tests::with(settings), 0);
    run.through(8, [&](int) {
        for (const double each : run.state.policy.attention) EXPECT_EQ(each, 1.0);
    });
}

}  // namespace
