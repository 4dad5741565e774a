// How files are found, merged and remembered: bases, included data, overrides, order and positions.
#include "sim/scenario/document.hpp"

#include "sim/scenario/names.hpp"
#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

Lines keys_of(const sim::Node& table) {
    Lines keys;
    for (const auto& child : table.children()) keys.push_back(child.key);
    return keys;
}

TEST(Names, EditDistance) {
    EXPECT_EQ(sim::edit_distance("kitten", "sitting"), 3U);
    EXPECT_EQ(sim::edit_distance("bugdet", "budget"), 1U) << "neighbours swapped count once";
    EXPECT_EQ(sim::edit_distance("", "abc"), 3U);
}

TEST(Names, PathsWithQuotedParts) {
    const auto path = sim::join(sim::join("beds", "rose.red \"old\""), "area");
    EXPECT_EQ(path, "beds.\"rose.red \\\"old\\\"\".area");
    EXPECT_EQ(sim::split_path(path), (Lines{"beds", "rose.red \"old\"", "area"}));
    for (const auto* bad : {"", "a.", ".a", "a..b", "a b", "a.\"b", "\"a\"b", "a=b", "a[0]"})
        EXPECT_FALSE(sim::split_path(bad)) << bad;
}

TEST(Document, KeepsTheOrderAndPositionsOfTheText) {
    const auto document =
        sim::parse("zebra = 1\n[mid]\n  b = { y = 2, x = [1,\n 2] }\n[alpha.q]\n[alpha.b]\n", "f.toml");
    EXPECT_EQ(keys_of(document.root()), (Lines{"zebra", "mid", "alpha"}));
    EXPECT_EQ(keys_of(*document.find("alpha")), (Lines{"q", "b"}));
    EXPECT_EQ(keys_of(*document.find("mid.b")), (Lines{"y", "x"}));
    EXPECT_EQ(document.find("mid.b.x")->children()[1].source.text(), "f.toml:4:2");
    EXPECT_EQ(document.find("mid.b.x")->key_source.text(), "f.toml:3:16");
    EXPECT_EQ(document.where("mid.b.y").text(), "f.toml:3:13");
    EXPECT_EQ(document.where("mid.b.absent.deeper").text(), "f.toml:3:7") << "the nearest ancestor";
    EXPECT_EQ(document.where("absent").text(), "f.toml");
    EXPECT_EQ(document.text().substr(0, 5), "zebra");
}

TEST(Document, SyntaxErrors) {
    EXPECT_EQ(refused([] { (void)sim::parse("a = 1\nb = 2\na = 3\n", "f.toml"); }),
              Lines{"f.toml:3:5: not valid TOML, in key-value pair: cannot redefine existing integer 'a'"});
    EXPECT_EQ(
        refused([] { (void)sim::parse("mode = hindcast\n", "f.toml"); }),
        Lines{
            "f.toml:1:8: not valid TOML, in value: could not determine value type; text must stand in double quotes"});
    EXPECT_EQ(refused([] { (void)sim::parse("a = 99999999999999999999\n", "f.toml"); }).size(), 1U);
    EXPECT_EQ(
        refused([] { (void)sim::parse("a = 2011-01-01\n[b]\nc = 12:00:00\n", "f.toml"); }),
        (Lines{"f.toml:1:5: dates and times of TOML are not used here; write a quarter as text, such as \"2012Q1\"",
               "f.toml:3:5: dates and times of TOML are not used here; write a quarter as text, such as \"2012Q1\""}));
    EXPECT_EQ(refused([] { (void)sim::parse("extends = \"a.toml\"\n", "results.h5"); }),
              Lines{"results.h5:1:1: \"extends\" needs a scenario that is a file"});
}

using Files = Folder;

TEST_F(Files, ExtendsThenIncludesThenOwnKeys) {
    write("../other/base.toml",
          "name = \"base\"\nseed = 1\ngrowth = 1\n[beds.b]\narea = 1\n[beds.a]\narea = 2\nplants = 3\n");
    write("one.toml", "seed = 2\ngrowth = 2\n[beds.c]\narea = 5\n");
    write("two.toml", "growth = 3\n");
    const auto main = write("main.toml",
                            "extends = \"../other/base.toml\"\ninclude = [\"one.toml\", \"two.toml\"]\n"
                            "name = \"main\"\n[beds.a]\narea = 7\n[beds.d]\n");
    const auto document = sim::load(main);
    sim::Problems problems;
    const auto garden = sim::read<Garden>(document, problems).value;
    EXPECT_EQ(lines(problems.sorted()), Lines{});
    EXPECT_EQ(garden.name, "main");
    EXPECT_EQ(garden.seed, 2);
    EXPECT_EQ(garden.growth, 3);
    EXPECT_EQ(garden.beds.index_of("b"), 0U);
    EXPECT_EQ(garden.beds.index_of("a"), 1U) << "rows keep the order of the base";
    EXPECT_EQ(garden.beds.index_of("c"), 2U);
    EXPECT_EQ(garden.beds[1].area, 7);
    EXPECT_EQ(garden.beds[1].plants, 3) << "the base's value beside the changed one";

    const auto folder = main.parent_path().string();
    EXPECT_EQ(document.where("name").text(), folder + "/main.toml:3:8");
    EXPECT_EQ(document.where("beds.a.area").text(), folder + "/main.toml:5:8");
    EXPECT_EQ(document.where("beds.a.plants").file, main.parent_path().parent_path().string() + "/other/base.toml");
    EXPECT_EQ(document.where("seed").text(), folder + "/one.toml:1:8");
    EXPECT_EQ(document.where("beds.a.absent").text(), folder + "/main.toml:4:1") << "the last file with the section";
    EXPECT_EQ(document.files().size(), 4U);
    EXPECT_EQ(document.files().front(), main);
    EXPECT_EQ(document.text().substr(0, 7), "extends");
}

TEST_F(Files, InlineTablesAreReplacedSectionsAreMerged) {
    write("base.toml", "name = \"b\"\nsun = { step = 2, from = \"2012\" }\n[levers.watering]\ndaily = 3\nloss = 0.5\n");
    const auto main = write("main.toml",
                            "extends = \"base.toml\"\nsun = { ramp = [0, 1], from = \"2012\", to = \"2013\" }\n"
                            "[levers]\nwatering = { daily = 4 }\n");
    const auto document = sim::load(main);
    sim::Problems problems;
    const auto garden = sim::read<Garden>(document, problems).value;
    EXPECT_EQ(lines(problems.sorted()), Lines{});
    EXPECT_EQ(garden.sun.form(), sim::Schedule::Form::ramp);
    EXPECT_EQ(garden.levers.watering.daily, sim::Schedule(4.0));
    EXPECT_EQ(garden.levers.watering.loss, 0.5);
}

TEST_F(Files, SealedTablesMayBeSaidAgainButNotOtherwise) {
    write("base.toml", "name = \"b\"\n[soil]\nunit = \"m2\"\nscale = 1\n");
    const auto same = write("same.toml", "extends = \"base.toml\"\n[soil]\nunit = \"m2\"\nscale = 1.0\ndepth = 2\n");
    const auto other = write("other.toml", "extends = \"base.toml\"\n[soil]\nunit = \"acre\"\nscale = 1\n");
    const sim::Search sealed({}, {"soil"});
    EXPECT_EQ(sim::load(same, {}, sealed).find("soil.depth")->number(), 2);
    const auto folder = same.parent_path().string();
    EXPECT_EQ(refused([&] { (void)sim::load(other, {}, sealed); }),
              Lines{folder + "/other.toml:3:8: soil.unit is another than in " + folder +
                    "/base.toml:3:8; the files of one scenario must agree on it"});
    EXPECT_EQ(sim::load(other).find("soil.unit")->string(), "acre") << "where nothing is sealed";
}

TEST_F(Files, ProblemsOfAllFilesAtOnce) {
    write("bad.toml", "a = \n");
    write("nested.toml", "include = [\"bad.toml\"]\nextends = \"bad.toml\"\n");
    write("main.toml", "extends = 3\ninclude = [\"bad.toml\", \"gone.toml\", \"nested.toml\", 5]\n");
    EXPECT_EQ(
        refusal("main.toml"),
        (Lines{"~/scenario/bad.toml:1:5: not valid TOML, in key-value pair: expected value, saw '\\n'",
               "~/scenario/main.toml:1:11: extends: expected a file name, found the integer 3",
               "~/scenario/main.toml:2:24: include: \"gone.toml\" does not exist; looked in ~/scenario",
               "~/scenario/main.toml:2:52: include: expected a file name, found the integer 5",
               "~/scenario/nested.toml:1:1: an included file holds only data and cannot use \"include\" itself",
               "~/scenario/nested.toml:2:1: an included file holds only data and cannot use \"extends\" itself"}));
    write("main.toml", "include = \"one.toml\"\n");
    EXPECT_EQ(refusal("main.toml"),
              Lines{"~/scenario/main.toml:1:11: include: expected a list of file names, found the text \"one.toml\""});
}

TEST_F(Files, ExtendsMissingAndCircular) {
    write("a.toml", "extends = \"b.toml\"\n");
    write("b.toml", "\nextends = \"sub/../c.toml\"\n");
    write("c.toml", "extends = \"gone.toml\"\n");
    std::filesystem::create_directory(at("sub"));
    EXPECT_EQ(refusal("a.toml"),
              Lines{"~/scenario/c.toml:1:11: extends: \"gone.toml\" does not exist; looked in ~/scenario"});
    write("c.toml", "extends = \"a.toml\"\n");
    EXPECT_EQ(refusal("a.toml"),
              Lines{"~/scenario/c.toml:1:11: extends forms a circle: a.toml -> b.toml -> c.toml -> a.toml"});
    write("self.toml", "extends = \"self.toml\"\n");
    EXPECT_EQ(refusal("self.toml"), Lines{"~/scenario/self.toml:1:11: extends forms a circle: self.toml -> self.toml"});
}

TEST_F(Files, OnlyFilesAreTaken) {
    const auto refusal_of = [&](const std::string& name) {
        write("main.toml", "extends = \"" + name + "\"\n");
        return refusal("main.toml");
    };
    EXPECT_EQ(refusal_of(""), Lines{"~/scenario/main.toml:1:11: extends: \"\" is not a file name"});
    EXPECT_EQ(refusal_of("a\\u0000b"),
              Lines{"~/scenario/main.toml:1:11: the character U+0000 has no place in a scenario"});
    EXPECT_EQ(refusal_of("."), Lines{"~/scenario/main.toml:1:11: extends: ~/scenario/ is a folder, not a file"});
    EXPECT_EQ(refusal_of("/dev/null"), Lines{"~/scenario/main.toml:1:11: extends: /dev/null is not an ordinary file"});
    EXPECT_EQ(refusal_of(std::string(300, 'x')).size(), 1U) << "a name no file system takes";
}

// ---- where files are found

std::int64_t seed_of(const sim::Document& document) {
    return document.find("seed")->integer();
}

TEST_F(Files, AreFoundByPathsOfEveryKind) {
    const auto absolute = write("../../elsewhere/far.toml", "seed = 5\n");
    write("../near.toml", "seed = 6\n");
    const auto of = [&](const std::string& name) {
        return seed_of(sim::load(write("main.toml", "extends = \"" + name + "\"\n")));
    };
    EXPECT_EQ(of(absolute.lexically_normal().string()), 5);
    EXPECT_EQ(of("../../elsewhere/far.toml"), 5) << "above the folder of the scenario's folder";
    EXPECT_EQ(of("../near"), 6) << "the ending may be left out";
    std::filesystem::remove_all(at("../../elsewhere"));
}

TEST_F(Files, AreFoundOnShelvesInTheirOrder) {
    write("../one/town/plan.toml", "extends = \"../common.toml\"\n");
    write("../one/common.toml", "seed = 1\n");
    write("../two/town/plan.toml", "seed = 2\n");
    write("../two/town/more.toml", "seed = 3\n");
    const auto main = write("main.toml", "extends = \"town/plan\"\n");
    const auto shelf = [&](const char* name) { return at("..").lexically_normal() / name; };
    const auto with = [&](std::vector<std::filesystem::path> shelves) {
        return seed_of(sim::load(main, {}, sim::Search(std::move(shelves))));
    };
    EXPECT_EQ(with({shelf("one"), shelf("two")}), 1) << "its own neighbours come from its own shelf";
    EXPECT_EQ(with({shelf("two"), shelf("one")}), 2);
    write("town/plan.toml", "seed = 9\n");
    EXPECT_EQ(with({shelf("one")}), 9) << "beside it comes first";
    EXPECT_EQ(refused([&] { (void)with({shelf("one")}); }), Lines{"accepted"});

    std::filesystem::remove_all(at("town"));
    const auto said = refused([&] { (void)with({shelf("absent"), shelf("three")}); });
    ASSERT_EQ(said.size(), 1U);
    EXPECT_NE(said[0].find("\"town/plan\" does not exist; looked in "), said[0].npos) << said[0];
    EXPECT_NE(said[0].find(shelf("absent").string() + ", " + shelf("three").string()), said[0].npos) << said[0];
    write("main.toml", "extends = \"town/moer\"\n");
    EXPECT_NE(refused([&] { (void)with({shelf("two")}); })[0].find("did you mean \"town/more\"?"), said[0].npos);
}

// A folder of scenarios that was copied elsewhere finds what stood beside it on its shelf.
TEST_F(Files, ACopiedFolderFindsItsNeighbours) {
    write("../shelf/common.toml", "seed = 4\n");
    const auto copied = write("town/plan.toml", "include = [\"../common.toml\"]\n");
    const sim::Search search({at("../shelf").lexically_normal()});
    EXPECT_EQ(seed_of(sim::load(copied, {}, search)), 4);
    write("common.toml", "seed = 7\n");
    EXPECT_EQ(seed_of(sim::load(copied, {}, search)), 7) << "what stands beside it comes first";
}

TEST_F(Files, CirclesThroughShelvesAreSeen) {
    const auto inner = write("../shelf/town/plan.toml", "extends = \"town/plan\"\n");
    const sim::Search search({at("../shelf").lexically_normal()});
    const auto said = refused([&] { (void)sim::load(inner, {}, search); });
    EXPECT_NE(said[0].find("extends forms a circle: plan.toml -> plan.toml"), said[0].npos) << said[0];
}

// ---- as one text

TEST_F(Files, AsOneTextTheyAreTheSameDocument) {
    write("base.toml",
          "name = \"b\\u0001\\\"\"\nsun = { step = 2, from = \"2012\" }\ngrowth = 1e22\n[beds.\"x y\"]\nfurrows = [1, "
          "2.5]\n[levers.watering]\ndaily = 3\nloss = { median = 0.25, low = 0.1, high = 0.5, distribution = "
          "\"logitnormal\" }\n");
    const auto document =
        sim::load(write("main.toml", "extends = \"base.toml\"\nseed = 2\n[beds.\"x y\"]\narea = 1\n"));
    const auto again = sim::parse(document.toml(), "copy");
    EXPECT_EQ(again.toml(), document.toml());
    // What is laid over it is laid over it by the same rules.
    const std::vector<sim::Override> settings{{"sun", "{ ramp = [0, 1], from = \"2012\", to = \"2013\" }"},
                                              {"levers.watering", "{ daily = 4 }"}};
    for (const auto& each : {document.with(settings), again.with(settings)}) {
        sim::Problems problems;
        const auto garden = sim::read<Garden>(each, problems).value;
        EXPECT_EQ(lines(problems.sorted()), Lines{});
        EXPECT_EQ(garden.sun.form(), sim::Schedule::Form::ramp);
        EXPECT_EQ(garden.levers.watering.loss, 0.25);
        EXPECT_EQ(garden.levers.watering.daily, sim::Schedule(4.0));
        EXPECT_EQ(garden.growth, 1e22);
        EXPECT_EQ(garden.beds[0].furrows, (std::vector<double>{1, 2.5}));
    }
}

TEST_F(Files, SyntaxErrorOfTheMainFileNamesItAsGiven) {
    write("main.toml", "a = 1 b = 2\n");
    EXPECT_EQ(
        refusal("main.toml"),
        Lines{
            "~/scenario/main.toml:1:7: not valid TOML, in key-value pair: expected a comment or whitespace, saw 'b'"});
}

TEST(Overrides, ValuesAsTomlOrAsWords) {
    const auto garden =
        read("seed = 1\n[beds.a]\nsoil = \"clay\"\n[levers.watering]\ndaily = { step = 1, from = 2012 }\n",
             {{"seed", "7"},
              {"name", "hedge"},
              {"fenced", "true"},
              {"start", "2012Q1"},
              {"beds.a.soil", "sand"},
              {"beds.\"new bed\".area", "2.5"},
              {"favourites", "[\"a\"]"},
              {"levers.watering.daily", "{ ramp = [0, 3], from = \"2012\", to = \"2013\" }"},
              {"growth", "1e1"}})
            .value;
    EXPECT_EQ(garden.seed, 7);
    EXPECT_EQ(garden.name, "hedge");
    EXPECT_TRUE(garden.fenced);
    EXPECT_EQ(garden.start, "2012Q1");
    EXPECT_EQ(garden.beds[0].soil, Soil::sand);
    EXPECT_EQ(garden.beds[1].key, "new bed");
    EXPECT_EQ(garden.favourites, Lines{"a"});
    EXPECT_EQ(garden.levers.watering.daily.at(2012.5), 1.5);
    EXPECT_EQ(garden.growth, 10);
}

TEST(Overrides, Problems) {
    EXPECT_EQ(problems_in("[levers.watering]\nloss = 0.5\n", {{"levers.watering.daly", "3"}}),
              Lines{"--set levers.watering.daly: unknown key \"daly\" in [levers.watering]; did you mean \"daily\"?"});
    EXPECT_EQ(problems_in("", {{"seed", "many"}}),
              Lines{"--set seed: seed: expected an integer, found the text \"many\""});
    EXPECT_EQ(problems_in("", {{"levers.watering", "3"}}),
              Lines{"--set levers.watering: levers.watering: expected a table, found the integer 3"});
    EXPECT_EQ(problems_in("", {{"seed.deeper", "3"}}),
              Lines{"--set seed.deeper: seed: expected an integer, found a table"});
    EXPECT_EQ(problems_in("", {{"a b", "3"}}),
              Lines{"--set a b: expected a dotted key such as scenario.name before the \"=\""});
    EXPECT_EQ(problems_in("", {{"extends", "x.toml"}}), Lines{"--set extends: \"extends\" can only stand in a file"});
    EXPECT_EQ(
        problems_in("", {{"seed", "2011-01-01"}}),
        Lines{"--set seed: dates and times of TOML are not used here; write a quarter as text, such as \"2012Q1\""});
    EXPECT_EQ(problems_in("", {{"seed", std::string(100, '[')}}),
              Lines{"--set seed: seed: expected an integer, found the text \"" + std::string(60, '[') + "…\""});
    EXPECT_EQ(problems_in("", {{"name", "\xB9\xA4"}}), Lines{"--set name: not UTF-8 text"});
    EXPECT_EQ(read("", {{"name", "集聚 2011"}}).value.name, "集聚 2011");
    EXPECT_EQ(problems_in("", {{"seed", "1\nfenced = true"}}),
              Lines{"--set seed: seed: expected an integer, found the text \"1\\x0Afenced = true\""});
    EXPECT_EQ(refused([] { (void)sim::Override::parse("seed"); }),
              Lines{"--set seed: expected key=value, such as scenario.name=trial"});
    EXPECT_EQ(sim::Override::parse("a.b=c=d").value, "c=d");
}

TEST(Overrides, DoNotMoveTheSectionTheyTouch) {
    EXPECT_EQ(problems_in("[levers.watering]\nloss = 7\n", {{"levers.watering.daily", "1"}}),
              Lines{"g.toml:3:8: levers.watering.loss = 7 is above 1; allowed: 0 to 1"});
    const auto document =
        sim::parse("[levers.watering]\n", "g.toml", std::vector<sim::Override>{{"levers.watering.daily", "1"}});
    EXPECT_EQ(document.where("levers.watering").text(), "g.toml:1:1");
    EXPECT_EQ(document.where("levers.watering.daily").text(), "--set levers.watering.daily");
}

}  // namespace
}  // namespace garden
