// Cubes of described rows: where each value lies, and what a record tells of itself.
#include "sim/record/cube.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "sim/record/layout.hpp"

namespace {

struct Pair {
    double left;
    double right;
    static void describe(auto& row, auto&& member) {
        member(sim::Spec{.name = "left", .unit = "m", .text = "Left", .zh = "左", .source = "a page"}, row.left);
        member(sim::Spec{.name = "right", .unit = "kg", .text = "Right", .zh = "右"}, row.right);
    }
};

struct Forgetful {
    double expected;
    double undescribed;
    static void describe(auto& row, auto&& member) {
        member(sim::Spec{.name = "expected", .text = "Expected"}, row.expected);
    }
};

struct Record {
    sim::Cube<Pair> pairs{{"time", "place"}};
    sim::Cube<Pair> whole{std::vector<std::string>{}};
    static void describe_cubes(auto& self, auto&& visit) {
        visit(self.pairs);
        visit(self.whole);
    }
};
static_assert(sim::Recorded<Record>);

TEST(Cube, KeepsEachMemberContiguousAndTheLastDimensionFastest) {
    sim::Cube<Pair> cube({"time", "place"});
    cube.shape({2, 3});
    for (int t = 0; t < 2; ++t)
        for (int p = 0; p < 3; ++p) cube.put({10.0 * t + p, -(10.0 * t + p)}, t, p);
    const std::vector<double> left{0, 1, 2, 10, 11, 12};
    EXPECT_TRUE(std::ranges::equal(cube.values_of(0), left));
    EXPECT_TRUE(std::ranges::equal(cube.values_of(1), left, [](double right, double l) { return right == -l; }));
    EXPECT_EQ(cube.at(1, 2).left, 12);
    EXPECT_EQ(cube.at(1, 2).right, -12);
}

TEST(Cube, IsMissingUntilPut) {
    sim::Cube<Pair> cube({"time"});
    cube.shape({3});
    cube.put({1, 2}, 1);
    EXPECT_TRUE(std::isnan(cube.at(0).left) && std::isnan(cube.at(2).right));
    EXPECT_EQ(cube.at(1).right, 2);
    cube.shape({3});
    EXPECT_TRUE(std::isnan(cube.at(1).right));
}

TEST(Cube, OfNoDimensionIsOneCell) {
    sim::Cube<Pair> cube(std::vector<std::string>{});
    cube.shape({});
    cube.put({3, 4});
    EXPECT_EQ(cube.size(), 1);
    EXPECT_EQ(cube.at().right, 4);
}

TEST(Cube, RefusesARowThatForgetsAMember) {
    EXPECT_THROW(sim::Cube<Forgetful>({"time"}), std::logic_error);
    EXPECT_THROW(sim::Cube<Pair>({"time"}).shape({2, 2}), std::logic_error);
}

TEST(Recorded, ListsItsVariablesOnce) {
    const Record record;
    const auto variables = sim::variables_of(record);
    ASSERT_EQ(variables.size(), 4);
    EXPECT_EQ(variables[0].name, "left");
    EXPECT_EQ(variables[0].source, "a page");
    EXPECT_EQ(variables[1].units, "kg");
    EXPECT_EQ(variables[1].long_name_zh, "右");
    EXPECT_EQ(variables[1].dims, (std::vector<std::string>{"time", "place"}));
    EXPECT_TRUE(variables[3].dims.empty());
}

TEST(Recorded, TakesItsExtentFromTheAxes) {
    sim::Axis place{.name = "place", .keys = {"here", "there"}};
    Record record;
    sim::shape_by({sim::calendar_axis("time", 2011, 3, 1), place}, record);
    EXPECT_EQ(record.pairs.lengths(), (std::vector<std::size_t>{3, 2}));
    const auto columns = sim::columns_of(record);
    ASSERT_EQ(columns.size(), 4);
    EXPECT_EQ(columns[1].size(), 6);
    EXPECT_EQ(columns[2].size(), 1);
    EXPECT_THROW(sim::shape_by({place}, record), std::invalid_argument);
}

}  // namespace
