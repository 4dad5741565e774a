// The calendar, and what no layout may contain.
#include "sim/record/layout.hpp"

#include <functional>

#include <gtest/gtest.h>

namespace {

sim::Layout good() {
    sim::Axis place{.name = "place", .keys = {"here", "there"}, .labels = {"Here", "There"}};
    sim::Layout layout;
    layout.scenarios = {{"plain", "Plain", "普通", "a = 1"}, {"bold", "Bold", "大胆", "a = 2"}};
    layout.axes = {sim::calendar_axis("time", 2011, 4, 4), place};
    layout.variables = {{"mass", "kg", "Mass", "质量", "", {"time", "place"}}};
    layout.panel = {{"seen", "1", "Seen"}};
    layout.attributes = {{"title", "x"}};
    return layout;
}

TEST(CalendarAxis, CountsDaysOverALeapYear) {
    const auto axis = sim::calendar_axis("time", 2011, 9, 4);
    EXPECT_EQ(axis.units, "days since 2011-01-01");
    // 2012 has a 29th of February: its second quarter starts 365 + 91 days after 2011 began.
    EXPECT_EQ(axis.values, (std::vector<double>{0, 90, 181, 273, 365, 456, 547, 639, 731}));
    EXPECT_EQ(axis.ends, (std::vector<double>{90, 181, 273, 365, 456, 547, 639, 731, 821}));
    EXPECT_EQ(std::get<0>(axis.companions[0].values),
              (std::vector<std::int32_t>{2011, 2011, 2011, 2011, 2012, 2012, 2012, 2012, 2013}));
    EXPECT_EQ(std::get<0>(axis.companions[1].values), (std::vector<std::int32_t>{1, 2, 3, 4, 1, 2, 3, 4, 1}));
}

TEST(CalendarAxis, KnowsOtherPartsOfTheYear) {
    EXPECT_EQ(sim::calendar_axis("t", 2000, 3, 1).values, (std::vector<double>{0, 366, 731}));
    EXPECT_EQ(sim::calendar_axis("t", 2000, 3, 1).companions.size(), 1);
    EXPECT_EQ(sim::calendar_axis("t", 1900, 14, 12).values[2], 59);  // 1900 was no leap year
    EXPECT_EQ(sim::calendar_axis("t", 1900, 14, 12).companions[1].name, "month");
    EXPECT_EQ(sim::calendar_axis("t", 2011, 3, 2).values[1], 181);
    EXPECT_EQ(sim::calendar_axis("t", 2011, 9, 8).values,
              (std::vector<double>{0, 45, 91, 136, 182, 228, 273, 319, 365}));
    EXPECT_EQ(sim::calendar_axis("t", 2011, 9, 8).companions[1].name, "part");
    EXPECT_THROW(static_cast<void>(sim::calendar_axis("t", 2011, 3, 0)), std::invalid_argument);
}

TEST(Layout, AcceptsAGoodOne) {
    EXPECT_NO_THROW(sim::check_layout(good()));
}

struct Mistake {
    std::string message;
    std::function<void(sim::Layout&)> make;
};

class LayoutMistake : public testing::TestWithParam<Mistake> {};

TEST_P(LayoutMistake, IsRefused) {
    auto layout = good();
    GetParam().make(layout);
    try {
        sim::check_layout(layout);
        FAIL() << "accepted";
    } catch (const std::invalid_argument& error) {
        EXPECT_NE(std::string(error.what()).find(GetParam().message), std::string::npos) << error.what();
    }
}

INSTANTIATE_TEST_SUITE_P(
    Each, LayoutMistake,
    testing::Values(Mistake{"not a name of ASCII", [](auto& l) { l.variables[0].name = "产值"; }},
                    Mistake{"not a name of ASCII", [](auto& l) { l.variables[0].name = "a/b"; }},
                    Mistake{"not a name of ASCII", [](auto& l) { l.axes[0].name = ""; }},
                    Mistake{"names two things", [](auto& l) { l.variables[0].name = "place"; }},
                    Mistake{"names two things", [](auto& l) { l.variables[0].name = "place_name"; }},
                    Mistake{"names two things", [](auto& l) { l.variables[0].name = "quarter"; }},
                    Mistake{"names two things", [](auto& l) { l.variables[0].name = "failure"; }},
                    Mistake{"names two things", [](auto& l) { l.panel[0].name = "mass"; }},
                    Mistake{"names two things", [](auto& l) { l.panel[0].name = "mass_statistics"; }},
                    Mistake{"names two things", [](auto& l) { l.axes[1].name = "scenario"; }},
                    Mistake{"there is no scenario", [](auto& l) { l.scenarios.clear(); }},
                    Mistake{"two scenarios are called 'plain'", [](auto& l) { l.scenarios[1].key = "plain"; }},
                    Mistake{"0 values for 1 factors",
                            [](auto& l) {
                                l.factors = {{"dose", "levers.dose"}};
                            }},
                    Mistake{"zero byte", [](auto& l) { l.scenarios[0].toml = std::string("a\0b", 3); }},
                    Mistake{"one of keys, values, numbers or length", [](auto& l) { l.axes[1].length = 2; }},
                    Mistake{"points but", [](auto& l) { l.axes[0].ends.pop_back(); }},
                    Mistake{"one of keys, values, numbers or length", [](auto& l) { l.axes[1].keys.clear(); }},
                    Mistake{"2 points but 1 labels", [](auto& l) { l.axes[1].labels.pop_back(); }},
                    Mistake{"4 points but 'calendar_year' 3",
                            [](auto& l) { std::get<0>(l.axes[0].companions[0].values).pop_back(); }},
                    Mistake{"key twice", [](auto& l) { l.axes[1].keys[1] = "here"; }},
                    Mistake{"count in days", [](auto& l) { l.axes[0].units = "years since 2011-01-01"; }},
                    Mistake{"has no axis 'space'", [](auto& l) { l.variables[0].dims[0] = "space"; }},
                    Mistake{"a dimension twice", [](auto& l) { l.variables[0].dims[1] = "time"; }},
                    Mistake{"span of time", [](auto& l) { l.variables[0].units = "days"; }},
                    Mistake{"no unit", [](auto& l) { l.variables[0].units = ""; }},
                    Mistake{"given twice",
                            [](auto& l) {
                                l.variables[0].extra = {{"units", "kg"}};
                            }},
                    Mistake{"given twice",
                            [](auto& l) {
                                l.attributes.push_back({"status", "done"});
                            }},
                    Mistake{"zero byte", [](auto& l) {
                                l.attributes.push_back({"note", std::string("a\0b", 3)});
                            }}));

}  // namespace
