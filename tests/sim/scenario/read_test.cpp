// Every mistake one can make in a scenario, with the sentence and the position it is answered with.
#include "sim/scenario/read.hpp"

#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

TEST(Read, EveryType) {
    const auto garden = read(
                            "fenced = true\nseed = -0\ngrowth = 2\nfrost = -3.5\nsun = 5\nfavourites = [\"b\", \"a\"]\n"
                            "soils = [\"sand\", \"loam\"]\n[levers.watering]\nloss = 0.25\n[beds.b]\narea = 1.5\n"
                            "neighbour = \"a\"\nsoil = \"clay\"\nfurrows = [1, 2.5]\nplants = 9\n[beds.a]\n")
                            .value;
    EXPECT_EQ(garden.name, "rose garden");
    EXPECT_TRUE(garden.fenced);
    EXPECT_EQ(garden.seed, 0);
    EXPECT_EQ(garden.growth, 2.0) << "an integer is a number";
    EXPECT_EQ(garden.frost, -3.5);
    EXPECT_EQ(garden.sun, sim::Schedule(5.0));
    EXPECT_EQ(garden.favourites, (Lines{"b", "a"}));
    EXPECT_EQ(garden.soils, (std::vector{Soil::sand, Soil::loam}));
    EXPECT_EQ(garden.levers.watering.loss, 0.25);
    ASSERT_EQ(garden.beds.size(), 2U);
    EXPECT_EQ(garden.beds[0], (Bed{"b", 1.5, "a", Soil::clay, {1, 2.5}, 9}));
    EXPECT_EQ(garden.beds[1], (Bed{"a", 2.0, "", Soil::loam, {}, 4}));
}

TEST(Read, LeftOutKeepsTheDefault) {
    Garden expected;
    expected.name = "rose garden";
    EXPECT_EQ(read("").value, expected);
}

TEST(Read, UnknownKeys) {
    EXPECT_EQ(problems_in("[levers.watering]\n  dayli = 3\n"),
              Lines{"g.toml:3:3: unknown key \"dayli\" in [levers.watering]; did you mean \"daily\"?"});
    EXPECT_EQ(problems_in("[levers.watering]\nx.y = 3\n"),
              Lines{"g.toml:3:1: unknown key \"x\" in [levers.watering]; valid keys: daily, loss"});
    EXPECT_EQ(problems_in("[bedz.rose]\n"),
              Lines{"g.toml:2:2: unknown key \"bedz\" at the top level; did you mean \"beds\"?"});
    EXPECT_EQ(problems_in("completely_different = 1\n"),
              Lines{"g.toml:2:1: unknown key \"completely_different\" at the top level"})
        << "too many valid keys to list";
    EXPECT_EQ(problems_in("\"a\\u001b[31m\" = 1\n").front().substr(0, 40),
              "g.toml:2:1: unknown key \"a\\x1B[31m\" at t")
        << "nothing from a file reaches a terminal raw";
}

TEST(Read, MissingKeys) {
    EXPECT_EQ(problems_in(sim::parse("seed = 1\n", "g.toml")),
              Lines{"g.toml: missing key \"name\" at the top level: Name of the garden"});
}

TEST(Read, WrongTypes) {
    EXPECT_EQ(problems_in("growth = \"fast\"\n"),
              Lines{"g.toml:2:10: growth: expected a number, found the text \"fast\""});
    EXPECT_EQ(problems_in("growth = [1]\n"), Lines{"g.toml:2:10: growth: expected a number, found a list"});
    EXPECT_EQ(problems_in("growth = nan\n"),
              Lines{"g.toml:2:10: growth: expected a finite number, found the number nan"});
    EXPECT_EQ(problems_in("growth = inf\n"),
              Lines{"g.toml:2:10: growth: expected a finite number, found the number inf"});
    EXPECT_EQ(problems_in("frost = true\n"), Lines{"g.toml:2:9: frost: expected a number, found true"});
    EXPECT_EQ(problems_in("seed = 2.0\n"), Lines{"g.toml:2:8: seed: expected an integer, found the number 2"});
    EXPECT_EQ(problems_in("fenced = 1\n"), Lines{"g.toml:2:10: fenced: expected true or false, found the integer 1"});
    EXPECT_EQ(problems_in("start = 2011\n"),
              Lines{"g.toml:2:9: start: expected text in double quotes, found the integer 2011"});
    EXPECT_EQ(problems_in("favourites = \"a\"\n"),
              Lines{"g.toml:2:14: favourites: expected a list of texts, found the text \"a\""});
    EXPECT_EQ(problems_in("soils = [\"clay\", 3]\n"),
              Lines{"g.toml:2:18: soils[1]: expected text, found the integer 3"});
    EXPECT_EQ(problems_in("levers = 3\n"), Lines{"g.toml:2:10: levers: expected a table, found the integer 3"});
    EXPECT_EQ(problems_in("beds = []\n"), Lines{"g.toml:2:8: beds: expected a table of rows, found a list"});
    EXPECT_EQ(problems_in("[beds]\nrose = 3\n"),
              Lines{"g.toml:3:8: beds.rose: expected a table, one row, found the integer 3"});
    EXPECT_EQ(problems_in("[beds.a]\nplants = 9999999999\n"),
              Lines{"g.toml:3:10: beds.a.plants = 9999999999 is too large"});
}

TEST(Read, Bounds) {
    EXPECT_EQ(problems_in("[beds.a]\narea = -3\n"),
              Lines{"g.toml:3:8: beds.a.area = -3 is below 0 (m2); allowed: 0 to 100"});
    EXPECT_EQ(problems_in("[beds.a]\narea = 100.5\n"),
              Lines{"g.toml:3:8: beds.a.area = 100.5 is above 100 (m2); allowed: 0 to 100"});
    EXPECT_EQ(problems_in("[beds.a]\narea = 100\nplants = 1\n"), Lines{}) << "bounds are allowed themselves";
    EXPECT_EQ(problems_in("growth = -1\n"), Lines{"g.toml:2:10: growth = -1 is below 0 (cm/day); allowed: at least 0"});
    EXPECT_EQ(problems_in("frost = 1\n"), Lines{"g.toml:2:9: frost = 1 is above 0 (degC); allowed: at most 0"});
    EXPECT_EQ(problems_in("[beds.a]\nplants = 0\n"),
              Lines{"g.toml:3:10: beds.a.plants = 0 is below 1; allowed: 1 to 9"});
    EXPECT_EQ(problems_in("[beds.a]\nfurrows = [1, -2]\n"),
              Lines{"g.toml:3:15: beds.a.furrows[1] = -2 is below 0 (cm); allowed: at least 0"});
}

TEST(Read, Words) {
    EXPECT_EQ(problems_in("[beds.a]\nsoil = \"rock\"\n"),
              Lines{"g.toml:3:8: beds.a.soil = \"rock\" is not one of clay, loam, sand"});
    EXPECT_EQ(problems_in("soils = [\"snad\"]\n"),
              Lines{"g.toml:2:10: soils[0] = \"snad\" is not one of clay, loam, sand; did you mean \"sand\"?"});
}

TEST(Read, References) {
    const std::string beds = "[beds.rose]\n[beds.lily]\nneighbour = ";
    EXPECT_EQ(problems_in(beds + "\"rose\"\n"), Lines{});
    EXPECT_EQ(problems_in(beds + "\"\"\n"), Lines{}) << "empty means none";
    EXPECT_EQ(problems_in(beds + "\"rsoe\"\n"),
              Lines{"g.toml:4:13: beds.lily.neighbour = \"rsoe\" is not a key of [beds]; did you mean \"rose\"?"});
    EXPECT_EQ(problems_in(beds + "\"tulip\"\n"),
              Lines{"g.toml:4:13: beds.lily.neighbour = \"tulip\" is not a key of [beds]; valid keys: rose, lily"});
    EXPECT_EQ(problems_in("favourites = [\"rose\", \"lilly\"]\n" + beds + "\"\"\n"),
              Lines{"g.toml:2:23: favourites[1] = \"lilly\" is not a key of [beds]; did you mean \"lily\"?"});
    EXPECT_EQ(problems_in("favourites = [\"rose\"]\n"),
              Lines{"g.toml:2:15: favourites[0] = \"rose\" is not a key of [beds]"});
}

TEST(Read, AllProblemsAtOnceInTheOrderOfTheFile) {
    const auto found = problems_in("seed = 1.5\ngrowt = 2\n[beds.a]\narea = -1\n[levers.watering]\nloss = 2\n");
    EXPECT_EQ(found, (Lines{"g.toml:2:8: seed: expected an integer, found the number 1.5",
                            "g.toml:3:1: unknown key \"growt\" at the top level; did you mean \"growth\"?",
                            "g.toml:5:8: beds.a.area = -1 is below 0 (m2); allowed: 0 to 100",
                            "g.toml:7:8: levers.watering.loss = 2 is above 1; allowed: 0 to 1"}));
}

TEST(Read, ProblemsOfLaterChecksStandAtTheValue) {
    const auto document = sim::parse("seed = 3\n[beds.a]\n", "g.toml");
    sim::Problems problems;
    EXPECT_NO_THROW(problems.throw_if_any());
    problems.add(document, "beds.a.area", "no room");
    problems.add(document, "seed", "unfortunate");
    EXPECT_EQ(refused([&] { problems.throw_if_any(); }), (Lines{"g.toml:1:8: unfortunate", "g.toml:2:1: no room"}));
}

struct NeedsRow {
    std::string key, bed;
    double width = 0;
    void describe(const sim::Members& member) {
        member(sim::Spec{.name = "bed", .unit = "", .text = "Bed", .refers_to = "rows", .required = true}, bed);
        member(sim::Spec{.name = "width", .unit = "m", .text = "Width", .required = true}, width);
    }
};

struct Needs {
    sim::Rows<NeedsRow> rows;
    void describe(const sim::Members& member) {
        member(sim::Spec{.name = "rows", .text = "Rows", .required = true}, rows);
    }
};

TEST(Read, RequiredInRows) {
    const auto problems_of = [](const std::string& text) {
        sim::Problems problems;
        (void)sim::read<Needs>(sim::parse(text, "n.toml"), problems);
        return lines(problems.sorted());
    };
    EXPECT_EQ(problems_of(""), Lines{"n.toml: missing key \"rows\" at the top level: Rows"});
    EXPECT_EQ(problems_of("[rows.a]\nbed = \"a\"\n"),
              Lines{"n.toml:1:1: missing key \"width\" in [rows.a] (m): Width"});
    EXPECT_EQ(problems_of("[rows.a]\nbed = \"\"\nwidth = 1\n"),
              Lines{"n.toml:2:7: rows.a.bed = \"\" is not a key of [rows]; valid keys: a"});
}

}  // namespace
}  // namespace garden
