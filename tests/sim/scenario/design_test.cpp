// Designs: the points of each method against known answers, and every mistake with its sentence and position.
#include "sim/scenario/design.hpp"

#include <cmath>
#include <set>

#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

using sim::Design;
using Row = std::vector<double>;

// With the base before it on a line of its own, so that the text begins in line 2.
Design design(const std::string& text) {
    return sim::read_design(sim::parse("base = \"plan\"\n" + text, "d.toml"));
}
Lines refusal(const std::string& text) {
    return refused([&] { (void)design(text); });
}
std::vector<Row> values(const Design& design) {
    std::vector<Row> rows;
    for (const auto& point : design.points) rows.push_back(point.values);
    return rows;
}
Lines settings(const sim::DesignPoint& point) {
    Lines lines;
    for (const auto& setting : point.settings) lines.push_back(setting.key + "=" + setting.value);
    return lines;
}

constexpr auto three_ranges =
    "[factors.a]\nkey = \"x.a\"\nlow = 0\nhigh = 1\n[factors.b]\nkey = \"x.b\"\nlow = 0\n"
    "high = 1\n[factors.c]\nkey = \"x.c\"\nlow = 1\nhigh = 3\n";

TEST(Design, GridRunsThroughTheLastFactorFirst) {
    const auto grid = design(
        "method = \"grid\"\n[factors.sun]\nkey = \"garden.sun\"\nname = \"Sunshine\"\nlow = 0\nhigh = 10\nlevels = 3\n"
        "[factors.soil]\nkey = \"beds.rose.soil\"\nwords = [\"clay\", \"5\"]\n");
    EXPECT_EQ(grid.base, "plan");
    EXPECT_EQ(grid.factors[0].name, "Sunshine");
    EXPECT_EQ(values(grid), (std::vector<Row>{{0, 0}, {0, 1}, {5, 0}, {5, 1}, {10, 0}, {10, 1}}));
    EXPECT_EQ(grid.points.front().key, "p0001");
    EXPECT_EQ(grid.points.back().key, "p0006");
    EXPECT_EQ(settings(grid.points[3]), (Lines{"garden.sun=5", "beds.rose.soil=\"5\""})) << "a word stays text";
}

TEST(Design, SettingsReadBackAsTheValue) {
    const auto grid = design(
        "method = \"grid\"\n[factors.g]\nkey = \"growth\"\nvalues = [0.1, 1e-7, 3]\n"
        "[factors.n]\nkey = \"name\"\nwords = [\"a \\\"b\\\"\\n\"]\n");
    for (const auto& point : grid.points) {
        const auto reading = read("", point.settings);
        EXPECT_EQ(reading.value.growth, point.values[0]);
        EXPECT_EQ(reading.value.name, "a \"b\"\n");
    }
}

TEST(Design, WordsMayBeSwitchesAndTables) {
    const auto grid = design(
        "method = \"grid\"\n[factors.f]\nkey = \"fenced\"\nwords = [\"false\", \"true\"]\n"
        "[factors.w]\nkeys = [\"levers.watering.daily\", \"sun\"]\n"
        "words = [\"{ times = 2 }\", \"{ step = 3, from = 2012 }\"]\n");
    ASSERT_EQ(grid.points.size(), 4U);
    const auto first = read("", grid.points[0].settings).value, last = read("", grid.points[3].settings).value;
    EXPECT_FALSE(first.fenced);
    EXPECT_EQ(first.sun.at(2011), 8);
    EXPECT_EQ(first.levers.watering.daily.at(2011), 2);
    EXPECT_TRUE(last.fenced);
    EXPECT_EQ(last.sun.at(2012), 3) << "one factor sets several keys";
    EXPECT_EQ(last.levers.watering.daily.at(2012), 3);
}

TEST(Design, ChoicesAreGroupsOfSettings) {
    const std::string text =
        "method = \"grid\"\n[factors.season]\n[factors.season.choices.wet]\nname = \"Wet\"\nname_zh = \"湿\"\n"
        "set = [\"sun = 2\", \"levers.watering.loss=0.1\"]\n[factors.season.choices.dry]\nset = [\"sun=9\"]\n"
        "[factors.g]\nkey = \"growth\"\nvalues = [1, 2]\n";
    const auto grid = design(text);
    EXPECT_EQ(values(grid), (std::vector<Row>{{0, 1}, {0, 2}, {1, 1}, {1, 2}}));
    EXPECT_EQ(settings(grid.points[1]), (Lines{"sun=2", "levers.watering.loss=0.1", "growth=2"}));
    EXPECT_EQ(settings(grid.points[2]), (Lines{"sun=9", "growth=1"}));
    EXPECT_EQ(grid.factors[0].level_labels(false), (Lines{"Wet", "dry"}));
    EXPECT_EQ(grid.factors[0].level_labels(true), (Lines{"湿", "dry"}));
    EXPECT_EQ(refusal(text + "[factors.h]\nkey = \"sun\"\nvalues = [1]\n"),
              Lines{"d.toml:14:7: factors.h.key: sun is already set by [factors.season]"});
    EXPECT_EQ(refusal("method = \"grid\"\n[factors.a]\nvalues = [1]\n"),
              Lines{"d.toml:3:1: [factors.a] needs a key, or keys, or choices"});
    EXPECT_EQ(refusal("method = \"grid\"\n[factors.a.choices.b]\nset = [\"sun\"]\n"),
              Lines{"d.toml:4:7: factors.a.choices.b.set = \"sun\": expected key=value"});
}

TEST(Design, LogarithmicLevelsHaveEqualRatiosAndExactEnds) {
    const auto log = values(
        design("method = \"grid\"\n[factors.a]\nkey = \"a\"\nlow = 0.1\nhigh = 1000\nlevels = 5\nscale = \"log\"\n"));
    EXPECT_EQ(log.front()[0], 0.1);
    EXPECT_EQ(log.back()[0], 1000.0);
    for (int i = 0; i < 5; ++i)
        EXPECT_NEAR(log[static_cast<std::size_t>(i)][0], std::pow(10, i - 1), 1e-12 * std::pow(10, i));
}

TEST(Design, OneAtATimeLeavesTheOthersAsInTheBase) {
    const auto one = design(
        "method = \"one_at_a_time\"\n[factors.a]\nkey = \"x.a\"\nvalues = [1, 2]\n"
        "[factors.b]\nkey = \"x.b\"\nlow = 3\nhigh = 4\nlevels = 2\n");
    ASSERT_EQ(one.points.size(), 5U);
    EXPECT_EQ(one.points[0].key, "base");
    EXPECT_EQ(settings(one.points[0]), Lines{});
    EXPECT_TRUE(std::isnan(one.points[0].values[0]) && std::isnan(one.points[0].values[1]));
    EXPECT_EQ(one.points[1].key, "p0001");
    EXPECT_EQ(settings(one.points[2]), Lines{"x.a=2"});
    EXPECT_EQ(settings(one.points[3]), Lines{"x.b=3"});
    EXPECT_TRUE(std::isnan(one.points[3].values[0]));
}

// The first points as Joe and Kuo's own program prints them for three dimensions.
TEST(Design, SobolSequence) {
    const auto sobol = design(std::string("method = \"sobol\"\npoints = 8\n") + three_ranges);
    EXPECT_EQ(values(sobol), (std::vector<Row>{{0, 0, 1},
                                               {0.5, 0.5, 2},
                                               {0.75, 0.25, 1.5},
                                               {0.25, 0.75, 2.5},
                                               {0.375, 0.375, 2.25},
                                               {0.875, 0.875, 1.25},
                                               {0.625, 0.125, 2.75},
                                               {0.125, 0.625, 1.75}}));
}

TEST(Design, LatinHypercubeVisitsEachStratumOnce) {
    const std::string text = std::string("points = 101\n") + three_ranges;
    const auto cube = values(design("method = \"latin_hypercube\"\n" + text));
    ASSERT_EQ(cube.size(), 101U);
    for (std::size_t f = 0; f < 3; ++f) {
        std::set<int> strata;
        for (const auto& point : cube) {
            const double part = f == 2 ? (point[f] - 1) / 2 : point[f];
            EXPECT_TRUE(part > 0 && part < 1);
            strata.insert(static_cast<int>(part * 101));
        }
        EXPECT_EQ(strata.size(), 101U);
    }
    double together = 0;  // independent permutations: the correlation of ranks is 0 except for chance, 0.1
    for (const auto& point : cube) together += (point[0] - 0.5) * (point[1] - 0.5);
    EXPECT_LT(std::fabs(together / 101 * 12), 0.49);
    EXPECT_EQ(cube, values(design("seed = 1\nmethod = \"latin_hypercube\"\n" + text)));
    EXPECT_NE(cube, values(design("seed = 2\nmethod = \"latin_hypercube\"\n" + text)));
}

TEST(Design, SamplesOfAListTakeEachPartEquallyOften) {
    const auto cube = design(
        "method = \"latin_hypercube\"\npoints = 9\n[factors.s]\nkey = \"s\"\n"
        "words = [\"clay\", \"loam\", \"sand\"]\n");
    std::vector<int> count(3);
    for (const auto& point : cube.points) ++count[static_cast<std::size_t>(point.values[0])];
    EXPECT_EQ(count, (std::vector<int>{3, 3, 3}));
}

TEST(Design, RefusesWhatDoesNotFitTheMethod) {
    EXPECT_EQ(refusal("method = \"sobul\"\n"),
              Lines{"d.toml:2:10: method = \"sobul\" is not one of grid, latin_hypercube, sobol, one_at_a_time; did "
                    "you mean \"sobol\"?"});
    EXPECT_EQ(refusal("method = \"grid\"\n"), Lines{"d.toml: a design needs at least one [factors.…]"});
    EXPECT_EQ(refusal("method = \"grid\"\npoints = 3\nseed = 2\n[factors.a]\nkey = \"a\"\nvalues = [1]\n"),
              (Lines{"d.toml:3:10: points: the factors decide how many grid has",
                     "d.toml:4:8: seed: only latin_hypercube draws by chance, grid does not"}));
    EXPECT_EQ(refusal("method = \"sobol\"\n[factors.a]\nkey = \"a\"\nlow = 0\nhigh = 1\nlevels = 3\n"),
              (Lines{"d.toml: missing key \"points\": how many sobol should choose",
                     "d.toml:7:10: factors.a.levels: sobol takes any value from low to high"}));
    EXPECT_EQ(refusal("method = \"grid\"\n[factors.a]\nkey = \"a\"\nlow = 0\nhigh = 1\nlevels = 1000\n"
                      "[factors.b]\nkey = \"b\"\nlow = 0\nhigh = 1\nlevels = 101\n"),
              Lines{"d.toml:3:1: grid of these factors has 101000 points; at most 100000"});
}

TEST(Design, RefusesFactorsThatSayTooLittleOrTooMuch) {
    const std::string grid = "method = \"grid\"\n";
    EXPECT_EQ(refusal(grid + "[factors.a]\nkey = \"a\"\n"),
              Lines{"d.toml:3:1: [factors.a] needs either low and high, or values, or words"});
    EXPECT_EQ(refusal(grid + "[factors.a]\nkey = \"a\"\nlow = 1\n[factors.b]\nkey = \"a\"\nvalues = [1]\nlevels = 2\n"),
              (Lines{"d.toml:3:1: missing key \"high\" in [factors.a]",
                     "d.toml:7:7: factors.b.key: a is already set by [factors.a]",
                     "d.toml:9:10: factors.b.levels goes with low and high"}));
    EXPECT_EQ(refusal(grid + "[factors.a]\nkey = \"a..b\"\nlow = 2\nhigh = -1\nscale = \"log\"\n"),
              (Lines{"d.toml:3:1: missing key \"levels\" in [factors.a]: how many values from low to high",
                     "d.toml:4:7: factors.a.key = \"a..b\" is not a dotted key such as scenario.name",
                     "d.toml:6:8: factors.a.high = -1 is not above low = 2"}));
    EXPECT_EQ(refusal(grid + "[factors.a]\nkey = \"a\"\nlow = 0\nhigh = 1\nlevels = 3\nscale = \"log\"\n"),
              Lines{"d.toml:5:7: factors.a.low = 0: a logarithmic scale begins above 0"});
    EXPECT_EQ(refusal(grid + "[factors.a]\nkey = \"a\"\nhight = 1\nlow = { median = 1, low = 0, high = 2, "
                             "distribution = \"normal\" }\n"),
              (Lines{"d.toml:5:1: unknown key \"hight\" in [factors.a]; did you mean \"high\"?",
                     "d.toml:6:7: factors.a.low: a design takes plain numbers"}));
}

}  // namespace
}  // namespace garden
