// Values kept as their difference from another come back member by member.
#include "sim/describe/difference.hpp"

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using sim::Difference;

struct Plant {
    std::string key;
    std::string name;
    double height = 1;
    std::optional<double> fruit = {};

    static constexpr void describe(auto& row, auto&& member) {
        member(sim::text_spec("name", "Name"), row.name);
        member(sim::Spec{.name = "height", .unit = "m", .text = "Height"}, row.height);
        member(sim::Spec{.name = "fruit", .unit = "kg", .text = "Fruit"}, row.fruit);
    }
};

struct Garden {
    double area = 10;
    std::vector<std::string> paths = {"north"};
    sim::Rows<Plant> plants;

    static constexpr void describe(auto& garden, auto&& member) {
        member(sim::Spec{.name = "area", .unit = "m2", .text = "Area"}, garden.area);
        member(sim::text_spec("paths", "Paths"), garden.paths);
        member(sim::text_spec("plants", "Plants"), garden.plants);
    }
};

Garden garden() {
    Garden made;
    made.plants.push_back({"rose", "Rose"});
    made.plants.push_back({"lily", "Lily", 0.5, 2.0});
    return made;
}

void expect_back(const Garden& from, const Garden& to) {
    const auto difference = Difference<Garden>::between(from, to);
    ASSERT_TRUE(difference);
    auto copy = from;
    difference->apply(copy);
    EXPECT_TRUE(sim::alike(copy, to));
    EXPECT_EQ(sim::alike(from, to), sim::alike(from, copy));
}

TEST(Difference, GivesBackEveryMember) {
    const auto from = garden();
    expect_back(from, from);
    auto to = from;
    to.area = -0.0;
    to.plants[1].height = 3;
    expect_back(from, to);
    to.paths.emplace_back("south");
    to.plants[0].name = "";
    to.plants[1].fruit.reset();
    expect_back(from, to);
    expect_back(to, from);
    to.area = std::numeric_limits<double>::quiet_NaN();
    expect_back(from, to);
}

TEST(Difference, TellsBitsApart) {
    auto zero = garden(), minus = garden();
    zero.area = 0.0;
    minus.area = -0.0;
    EXPECT_FALSE(sim::alike(zero, minus));
    EXPECT_TRUE(sim::alike(minus, minus));
}

// Rows that refer to others by position would refer to the wrong ones.
TEST(Difference, IsNoneBetweenRowsOfOtherKeys) {
    const auto from = garden();
    auto to = from;
    to.plants[1].key = "iris";
    EXPECT_FALSE(Difference<Garden>::between(from, to));
    to = from;
    to.plants.pop_back();
    EXPECT_FALSE(Difference<Garden>::between(from, to));
}

}  // namespace
