// What every row of a table has where the row itself does not say it.
#include "sim/scenario/every.hpp"

#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

// The garden as read, or what is wrong with it.
struct Outcome {
    Garden garden;
    Lines problems;
};

Outcome read(const sim::Document& document) {
    sim::Problems problems;
    Garden none;
    const auto completed = sim::with_every(document, sim::table_of(none), problems);
    auto garden = sim::read<Garden>(completed ? *completed : document, problems, options()).value;
    return {std::move(garden), lines(problems.sorted())};
}

TEST(Every, RowsHaveWhatTheyDoNotSay) {
    const auto [garden, problems] = read(sim::parse(
        "name = \"g\"\n[every.beds]\narea = 3\nplants = 8\n[beds.a]\narea = 7\n[beds.b]\nplants = 2\n[beds.c]\n",
        "f.toml"));
    ASSERT_EQ(problems, Lines{});
    ASSERT_EQ(garden.beds.size(), 3);
    EXPECT_EQ(garden.beds[0].area, 7);
    EXPECT_EQ(garden.beds[0].plants, 8);
    EXPECT_EQ(garden.beds[1].area, 3);
    EXPECT_EQ(garden.beds[1].plants, 2);
    EXPECT_EQ(garden.beds[2].area, 3);
}

// The order of the text does not matter: a row is completed when all files are laid over each other.
TEST(Every, IsNoRowAndNeedsNone) {
    const auto [garden, problems] = read(sim::parse("name = \"g\"\n[every.beds]\narea = 3\n", "f.toml"));
    EXPECT_EQ(problems, Lines{});
    EXPECT_TRUE(garden.beds.empty());
    sim::Problems none;
    Garden empty;
    EXPECT_FALSE(sim::with_every(sim::parse("name = \"g\"\n", "f.toml"), sim::table_of(empty), none));
}

TEST(Every, SaysWhatIsWrongWhereItIsWritten) {
    const auto [garden, problems] = read(
        sim::parse("name = \"g\"\n[every.bed]\narea = 3\n[every.beds]\ncolour = 1\n[beds.a]\narea = 1\n", "f.toml"));
    ASSERT_EQ(problems.size(), 2);
    EXPECT_NE(problems[0].find("f.toml:2"), std::string::npos) << problems[0];
    EXPECT_NE(problems[0].find("beds"), std::string::npos) << problems[0];
    EXPECT_NE(problems[1].find("f.toml:5"), std::string::npos) << problems[1];
    EXPECT_EQ(read(sim::parse("name = \"g\"\nevery = 3\n", "f.toml")).problems.size(), 1);
    EXPECT_EQ(read(sim::parse("name = \"g\"\n[every]\nbeds = 3\n[beds.a]\narea = 1\n", "f.toml")).problems.size(), 1);
}

}  // namespace
}  // namespace garden
