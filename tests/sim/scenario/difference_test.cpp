// Values kept as their difference from another come back member by member.
#include "sim/scenario/difference.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace {

using sim::Difference;

enum class Colour : std::uint8_t { red, white };

}  // namespace

template <>
struct sim::Words<Colour> {
    static constexpr std::array<std::string_view, 2> words = {"red", "white"};
};

namespace {

struct Plant {
    std::string key;
    std::string name;
    double height = 1;
    std::optional<double> fruit = {};
    Colour colour = Colour::red;
    std::vector<Colour> mixed = {};
    bool operator==(const Plant&) const = default;

    void describe(const sim::Members& member) {
        member(sim::text_spec("name", "Name"), name);
        member(sim::Spec{.name = "height", .unit = "m", .text = "Height"}, height);
        member(sim::Spec{.name = "fruit", .unit = "kg", .text = "Fruit"}, fruit);
        member(sim::text_spec("colour", "Colour"), colour);
        member(sim::text_spec("mixed", "Colours it may have"), mixed);
    }
};

struct Garden {
    double area = 10;
    int beds = 1;
    bool walled = false;
    sim::Schedule water = 1.0;
    std::vector<std::string> paths = {"north"};
    sim::Rows<Plant> plants;

    void describe(const sim::Members& member) {
        member(sim::Spec{.name = "area", .unit = "m2", .text = "Area"}, area);
        member(sim::Spec{.name = "beds", .text = "Beds"}, beds);
        member(sim::text_spec("walled", "With a wall"), walled);
        member(sim::Spec{.name = "water", .unit = "l/day", .text = "Water"}, water);
        member(sim::text_spec("paths", "Paths"), paths);
        member(sim::text_spec("plants", "Plants"), plants);
    }
    bool operator==(const Garden& other) const {
        return sim::alike(area, other.area) && beds == other.beds && walled == other.walled && water == other.water &&
               paths == other.paths && plants == other.plants;
    }
};

Garden garden() {
    Garden made;
    made.plants.push_back({"rose", "Rose"});
    made.plants.push_back({"lily", "Lily", 0.5, 2.0});
    return made;
}

void expect_back(const Garden& from, const Garden& to) {
    const auto difference = Difference::between(from, to);
    ASSERT_TRUE(difference);
    auto copy = from;
    difference->apply(sim::table_of(copy));
    EXPECT_TRUE(copy == to);
    EXPECT_EQ(difference->empty(), from == to);
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
    to.plants[0].colour = Colour::white;
    to.plants[1].mixed = {Colour::white, Colour::red};
    to.beds = 3;
    to.walled = true;
    to.water = sim::Schedule(sim::Schedule::Form::step, {{2011, 2.0}});
    expect_back(from, to);
    expect_back(to, from);
    to.area = std::numeric_limits<double>::quiet_NaN();
    expect_back(from, to);
}

TEST(Difference, DistinguishesBits) {
    auto zero = garden(), minus = garden();
    zero.area = 0.0;
    minus.area = -0.0;
    EXPECT_FALSE(Difference::between(zero, minus)->empty());
    EXPECT_TRUE(Difference::between(minus, minus)->empty());
}

// Rows that refer to others by position would refer to the wrong ones.
TEST(Difference, IsNoneBetweenRowsOfOtherKeys) {
    const auto from = garden();
    auto to = from;
    to.plants[1].key = "iris";
    EXPECT_FALSE(Difference::between(from, to));
    to = from;
    to.plants.pop_back();
    EXPECT_FALSE(Difference::between(from, to));
    EXPECT_FALSE(Difference::between(to, from));
}

}  // namespace
