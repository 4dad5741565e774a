// Uncertain numbers: how they are written, which prior is in effect, and what a draw makes of them.
#include "sim/scenario/uncertainty.hpp"

#include <cmath>
#include <map>

#include "sim/scenario/write.hpp"
#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

constexpr double z_95 = 1.6448536269514722;
using Shape = sim::Prior::Shape;

Lines paths(const std::vector<sim::UncertainValue>& uncertain) {
    Lines paths;
    for (const auto& value : uncertain) paths.push_back(value.path);
    return paths;
}

TEST(Uncertain, PriorsInEffect) {
    const auto by_default = read("");
    ASSERT_EQ(paths(by_default.uncertain), Lines{"levers.watering.loss"}) << "the member's own prior";
    EXPECT_EQ(by_default.uncertain[0].prior.shape, Shape::logitnormal);
    EXPECT_EQ(by_default.uncertain[0].prior.low, 0.1);

    EXPECT_EQ(paths(read("levers.watering.loss = 0.3\n").uncertain), Lines{}) << "a plain number fixes it";

    const auto written = read(
        "growth = { median = 1, low = 0.5, high = 2, distribution = \"lognormal\" }\n"
        "frost = { median = -5, low = -9, high = -1, distribution = \"normal\" }\n"
        "[beds.\"a b\"]\narea = { median = 3, low = 2, high = 9, distribution = \"normal\" }\n");
    EXPECT_EQ(paths(written.uncertain), (Lines{"growth", "frost", "levers.watering.loss", "beds.\"a b\".area"}));
    EXPECT_EQ(written.value.growth, 1);
    EXPECT_EQ(written.value.frost, -5);
    EXPECT_EQ(written.value.beds[0].area, 3);
    EXPECT_EQ(written.uncertain[0].prior.high, 2);
}

TEST(Uncertain, Problems) {
    const auto growth = [](const std::string& text) { return problems_in("growth = { " + text + " }\n"); };
    EXPECT_EQ(growth("median = 1, low = 2, high = 3, distribution = \"normal\""),
              Lines{"g.toml:2:10: growth needs low <= median <= high (median = 1, low = 2, high = 3)"});
    EXPECT_EQ(growth("median = 1, low = 0, high = 3, distribution = \"lognormal\""),
              Lines{"g.toml:2:10: growth is lognormal, so low must be above 0 (median = 1, low = 0, high = 3)"});
    EXPECT_EQ(growth("median = 0.5, low = 0.1, high = 1, distribution = \"logitnormal\""),
              Lines{"g.toml:2:10: growth is logitnormal, so low and high must lie between 0 and 1, both excluded "
                    "(median = 0.5, low = 0.1, high = 1)"});
    EXPECT_EQ(growth("median = 1, low = 1, high = 3, distribution = \"log-normal\""),
              Lines{"g.toml:2:58: growth.distribution = \"log-normal\" is not one of normal, lognormal, logitnormal; "
                    "did you mean \"lognormal\"?"});
    EXPECT_EQ(growth("median = 1, low = -1, high = 3, distribution = \"normal\""),
              Lines{"g.toml:2:30: growth.low = -1 is below 0 (cm/day); allowed: at least 0"});
    EXPECT_EQ(growth("median = 1, low = 1, hgih = 3, distribution = \"normal\""),
              (Lines{"g.toml:2:10: missing key \"high\" in [growth]: an uncertain number is { median, low, high, "
                     "distribution }, low and high being its 5 and 95 % quantiles",
                     "g.toml:2:33: unknown key \"hgih\" in [growth]; did you mean \"high\"?"}));
    EXPECT_EQ(growth("median = 1, low = 1, high = 3").size(), 1U) << "no distribution is guessed";
    EXPECT_EQ(problems_in("[beds.a]\nfurrows = [{ median = 1, low = 1, high = 2, distribution = \"normal\" }]\n"),
              Lines{"g.toml:3:12: beds.a.furrows[0]: expected a number, found a table"});
}

TEST(Uncertain, QuantilesAreMet) {
    for (const auto& [prior, median] : {std::pair{sim::Prior{Shape::normal, 2, 6}, 4.0},
                                        {sim::Prior{Shape::lognormal, 0.5, 8}, 2.0},
                                        {sim::Prior{Shape::logitnormal, 0.2, 0.8}, 0.5}}) {
        EXPECT_NEAR(sim::quantile(prior, median, -z_95), prior.low, 1e-12);
        EXPECT_NEAR(sim::quantile(prior, median, 0), median, 1e-12);
        EXPECT_NEAR(sim::quantile(prior, median, z_95), prior.high, 1e-12);
    }
    EXPECT_NEAR(sim::quantile({Shape::lognormal, 1, 4}, 3, 1), 3 * std::exp(std::log(4.0) / (2 * z_95)), 1e-12);
    const auto logit = [](double p) { return std::log(p / (1 - p)); };
    const double x = logit(0.3) + 0.7 * (logit(0.9) - logit(0.1)) / (2 * z_95);
    EXPECT_NEAR(sim::quantile({Shape::logitnormal, 0.1, 0.9}, 0.3, 0.7), 1 / (1 + std::exp(-x)), 1e-12);
}

// (E110), worked out by hand: between the quantiles of 0.5 and 0.95, three quarters lie at 5/9 of the way.
TEST(Uncertain, QuantilesOfAnyNumber) {
    const std::vector<sim::Quantile> quantiles = {{0, 1}, {0.05, 2}, {0.5, 4}, {0.95, 8}, {1, 16}};
    EXPECT_EQ(sim::quantile(quantiles, 0), 4);
    EXPECT_NEAR(sim::quantile(quantiles, 0.67448975019608171), 4 + 4 * 5 / 9.0, 1e-12);
    EXPECT_NEAR(sim::quantile(quantiles, -z_95), 2, 1e-12);
    EXPECT_NEAR(sim::quantile(quantiles, z_95), 8, 1e-12);
    EXPECT_NEAR(sim::quantile(quantiles, 2.3263478740408408), 8 + 8 * 4 / 5.0, 1e-11) << "0.99";
    EXPECT_EQ(sim::quantile(quantiles, -40), 1);
    EXPECT_EQ(sim::quantile(quantiles, 40), 16);

    const auto reading = read("growth = { quantiles = [[0, 1], [0.05, 2], [0.5, 4], [0.95, 8], [1, 16]] }\n");
    ASSERT_EQ(paths(reading.uncertain), (Lines{"growth", "levers.watering.loss"}));
    EXPECT_EQ(reading.value.growth, 4) << "the median";
    EXPECT_EQ(reading.uncertain[0].prior.low, 2);
    EXPECT_EQ(reading.uncertain[0].prior.high, 8);
    auto drawn = reading.value;
    sim::draw_uncertain(drawn, reading.uncertain, [](std::string_view) { return z_95; });
    EXPECT_NEAR(drawn.growth, 8, 1e-12);
    const auto again = read(sim::to_toml(reading.value, reading.uncertain).substr(20));
    EXPECT_EQ(again.uncertain[0].quantiles, quantiles) << "written and read";
}

TEST(Uncertain, ProblemsOfQuantiles) {
    const auto growth = [](const std::string& text) { return problems_in("growth = { quantiles = " + text + " }\n"); };
    EXPECT_EQ(growth("[[0, 1], [0.05, 2], [0.5, 4], [0.95, 8]]"),
              Lines{"g.toml:2:24: growth.quantiles lacks the share 1: 0, 0.05, 0.5, 0.95 and 1 must be among them"});
    EXPECT_EQ(growth("[[0, 1], [0.5, 2], [0.05, 2]]"),
              Lines{"g.toml:2:24: growth.quantiles needs shares that rise, and 0.05 follows 0.5"});
    EXPECT_EQ(growth("[[0, 1], [0.05, 0.5]]"),
              Lines{"g.toml:2:24: growth.quantiles needs values that do not fall, and 0.5 follows 1"});
    EXPECT_EQ(growth("[[0, -1]]"),
              Lines{"g.toml:2:29: growth.quantiles[0][1] = -1 is below 0 (cm/day); allowed: at least 0"});
    EXPECT_EQ(growth("[[0]]"), Lines{"g.toml:2:25: growth.quantiles[0]: expected a pair [share, value], found a list"});
    EXPECT_EQ(growth("[[0, 1]], low = 1").size(), 1U) << "one way to say it";
}

TEST(Uncertain, DrawTouchesOnlyWhatIsUncertain) {
    const auto reading = read(
        "growth = { median = 1, low = 0.5, high = 2, distribution = \"normal\" }\n"
        "frost = { median = -1, low = -9, high = -1, distribution = \"normal\" }\n"
        "[beds.a]\narea = 5\n[beds.b]\narea = { median = 3, low = 2, high = 9, distribution = \"normal\" }\n");
    auto drawn = reading.value;
    std::map<std::string, int> asked;
    sim::draw_uncertain(drawn, reading.uncertain, [&](std::string_view path) {
        ++asked[std::string(path)];
        return path == "growth" ? -100.0 : path == "frost" ? 100.0 : z_95;
    });
    EXPECT_EQ(asked, (std::map<std::string, int>{
                         {"growth", 1}, {"frost", 1}, {"levers.watering.loss", 1}, {"beds.b.area", 1}}))
        << "one number per path";
    auto expected = reading.value;
    expected.growth = 0;  // clamped to the bounds
    expected.frost = 0;
    EXPECT_NEAR(drawn.beds[1].area, 3 + 3.5, 1e-12);
    EXPECT_NEAR(drawn.levers.watering.loss,
                1 / (1 + std::exp(-(std::log(0.25) + (std::log(4 / 6.0) - std::log(1 / 9.0)) / 2))), 1e-12);
    expected.beds[1].area = drawn.beds[1].area;
    expected.levers.watering.loss = drawn.levers.watering.loss;
    EXPECT_EQ(drawn, expected);
}

// Rows whose names begin alike are reported apart, whichever of them is uncertain and in whatever order they stand.
TEST(Uncertain, NamesThatBeginAlikeAreReportedApart) {
    const std::vector<std::string> keys = {"abc", "a", "a-b", "ab"};
    for (unsigned which = 0; which < 16; ++which) {
        std::string text;
        Lines uncertain = {"levers.watering.loss"};
        for (std::size_t k = 0; k < keys.size(); ++k) {
            const bool drawn = (which >> k & 1) != 0;
            text += "[beds." + keys[k] +
                    "]\narea = " + (drawn ? "{ median = 3, low = 2, high = 9, distribution = \"normal\" }" : "3") +
                    "\n";
            if (drawn) uncertain.push_back("beds." + keys[k] + ".area");
        }
        const auto reading = read(text);
        auto drawn = reading.value;
        Lines asked;
        sim::draw_uncertain(drawn, reading.uncertain, [&](std::string_view path) {
            asked.emplace_back(path);
            return 1.0;
        });
        EXPECT_EQ(asked, uncertain);
        for (std::size_t k = 0; k < keys.size(); ++k)
            EXPECT_EQ(drawn.beds[k].area != 3, (which >> k & 1) != 0) << keys[k] << " of " << which;
    }
}

TEST(Uncertain, PathsThatLeadNowhereAreRefused) {
    auto garden = read("").value;
    const auto draw = [&](const std::string& path) {
        sim::draw_uncertain(garden, {{path, {Shape::normal, 0, 1}, {}, {}}}, [](std::string_view) { return 0.0; });
    };
    EXPECT_NO_THROW(draw("growth"));
    for (const auto* path : {"growths", "levers.watering", "levers.watering.daily", "beds.a.area", "frost", ""})
        EXPECT_THROW(draw(path), std::invalid_argument) << path;
}

}  // namespace
}  // namespace garden
