// Times and the five forms of a schedule, as written, as read and as refused.
#include "sim/scenario/schedule_text.hpp"
#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

using Form = sim::Schedule::Form;

sim::Schedule daily(const std::string& text) {
    return read("levers.watering.daily = " + text + "\n").value.levers.watering.daily;
}
Lines daily_problems(const std::string& text) {
    return problems_in("levers.watering.daily = " + text + "\n");
}

TEST(Times, TextBothWays) {
    EXPECT_EQ(sim::parse_time("2012"), 2012.0);
    EXPECT_EQ(sim::parse_time("2012Q1"), 2012.0);
    EXPECT_EQ(sim::parse_time("2012Q4"), 2012.75);
    for (const auto* bad : {"", "12", "2012Q5", "2012Q0", "2012q1", "2012Q", "20l2", "2012Q10", "-012", "2012-01"})
        EXPECT_FALSE(sim::parse_time(bad)) << bad;
    EXPECT_EQ(sim::time_text(2012.75), "2012Q4");
    EXPECT_EQ(sim::time_text(2012.1), "2012.1");
}

TEST(Times, AtAPlaceOfTheDocument) {
    const auto document = sim::parse("a = \"2012Q2\"\nb = 2013.5\nc = \"soon\"\nd = 1e300\n", "t.toml");
    EXPECT_EQ(sim::time_at(document, "a"), 2012.25);
    EXPECT_EQ(sim::time_at(document, "b"), 2013.5);
    for (const auto* absent : {"c", "d", "e", "a.b"}) EXPECT_FALSE(sim::time_at(document, absent)) << absent;
}

TEST(Schedules, EachForm) {
    EXPECT_EQ(daily("3"), sim::Schedule(3.0));
    EXPECT_EQ(daily("{ step = 2.0, from = \"2012Q1\" }"), sim::Schedule(Form::step, {{2012, 2}}));
    EXPECT_EQ(daily("{ ramp = [0.0, 3.0], from = \"2011Q3\", to = 2013.25 }"),
              sim::Schedule(Form::ramp, {{2011.5, 0}, {2013.25, 3}}));
    EXPECT_EQ(daily("{ table = [[\"2011Q3\", 1.0], [2013, 2]] }"),
              sim::Schedule(Form::table, {{2011.5, 1}, {2013, 2}}));
    EXPECT_EQ(daily("{ by_year = { 2011 = 1.0, 2012 = 2.0 } }"), sim::Schedule(Form::by_year, {{2011, 1}, {2012, 2}}));
}

TEST(Schedules, LinesOfManyPartsMayJump) {
    const auto line = daily("{ line = [[\"start\", 1.0], [2012, 1.0], [2012, 3.0], [2013, 5.0]] }");
    EXPECT_EQ(line.at(1990), 1);
    EXPECT_EQ(line.at(2011.75), 1);
    EXPECT_EQ(line.at(2012), 3);
    EXPECT_EQ(line.at(2012.5), 4);
    EXPECT_EQ(line.at(2020), 5);
    EXPECT_EQ(sim::json_of(line).dump(), R"({"line":[["start",1.0],["2012Q1",1.0],["2012Q1",3.0],["2013Q1",5.0]]})");
    EXPECT_EQ(daily("{ table = [[\"start\", 2], [2012, 3]] }").at(2011), 2);
    EXPECT_EQ(daily_problems("{ line = [[2012, 1], [2012, 2], [2012, 3]] }"),
              Lines{"g.toml:2:58: levers.watering.daily: times must ascend, but 2012Q1 comes after 2012Q1"});
    EXPECT_EQ(daily_problems("{ line = [[2012, 1]] }"),
              Lines{"g.toml:2:34: levers.watering.daily: expected line = [[time, value], [time, value], …], found a "
                    "list"});
}

const std::string forms =
    "a number, { step, from }, { ramp, from, to }, { line }, { table }, { by_year }, or a change: { times, from, until "
    "} "
    "or { plus, from, until }";

TEST(Schedules, WrongForms) {
    EXPECT_EQ(daily_problems("\"often\""), Lines{"g.toml:2:25: levers.watering.daily: expected a schedule (" + forms +
                                                 "), found the text \"often\""});
    EXPECT_EQ(daily_problems("{ from = \"2012\" }"),
              Lines{"g.toml:2:25: levers.watering.daily: a schedule is " + forms});
    EXPECT_EQ(daily_problems("{ step = 1 }"),
              Lines{"g.toml:2:25: levers.watering.daily: \"from\" is missing, a time such as \"2012Q1\""});
    EXPECT_EQ(daily_problems("{ step = 1, form = \"2012\" }"),
              (Lines{"g.toml:2:25: levers.watering.daily: \"from\" is missing, a time such as \"2012Q1\"",
                     "g.toml:2:37: unknown key \"form\" in [levers.watering.daily]; did you mean \"from\"?"}));
    EXPECT_EQ(
        daily_problems("{ ramp = 3, from = 2011, to = 2012 }"),
        Lines{"g.toml:2:34: levers.watering.daily: expected ramp = [first value, last value], found the integer 3"});
    EXPECT_EQ(daily_problems("{ table = [] }"),
              Lines{"g.toml:2:35: levers.watering.daily: expected table = [[time, value], …], found a list"});
    EXPECT_EQ(daily_problems("{ table = [[2011, 1, 2]] }"),
              Lines{"g.toml:2:36: levers.watering.daily: expected a pair [time, value], found a list"});
    EXPECT_EQ(daily_problems("{ by_year = { 2011Q1 = 1 } }"),
              Lines{"g.toml:2:39: levers.watering.daily: \"2011Q1\" is not a year such as 2012"});
    EXPECT_EQ(daily_problems("{ by_year = 3 }"),
              Lines{"g.toml:2:37: levers.watering.daily: expected by_year = { 2011 = value, … }, found the integer 3"});
}

TEST(Schedules, WrongTimesAndValues) {
    EXPECT_EQ(daily_problems("{ step = 1, from = \"2012Q7\" }"),
              Lines{"g.toml:2:44: levers.watering.daily: expected a time such as \"2012Q1\", \"2012\" or 2012.25, "
                    "found the text \"2012Q7\""});
    EXPECT_EQ(daily_problems("{ ramp = [0, 1], from = \"2013\", to = \"2012\" }"),
              Lines{"g.toml:2:62: levers.watering.daily: times must ascend, but 2012Q1 comes after 2013Q1"});
    EXPECT_EQ(daily_problems("{ table = [[2012, 1], [2012, 2]] }"),
              Lines{"g.toml:2:48: levers.watering.daily: times must ascend, but 2012Q1 comes after 2012Q1"});
    EXPECT_EQ(daily_problems("{ by_year = { 2012 = 1, 2011 = 1 } }"),
              Lines{"g.toml:2:49: levers.watering.daily: times must ascend, but 2011Q1 comes after 2012Q1"});
    EXPECT_EQ(daily_problems("{ table = [[2012, 1], [2013, 51]] }"),
              Lines{"g.toml:2:54: levers.watering.daily = 51 is above 50 (l/day); allowed: 0 to 50"});
    EXPECT_EQ(daily_problems("-1"),
              Lines{"g.toml:2:25: levers.watering.daily = -1 is below 0 (l/day); allowed: 0 to 50"});
    EXPECT_EQ(daily_problems("nan"),
              Lines{"g.toml:2:25: levers.watering.daily: expected a finite number, found the number nan"});
}

TEST(Schedules, LeversStartWithTheScenario) {
    EXPECT_EQ(daily_problems("{ step = 1, from = \"2009Q1\" }"),
              Lines{"g.toml:2:44: levers.watering.daily: 2009Q1 is before the scenario starts (2011Q1)"});
    EXPECT_EQ(daily_problems("{ by_year = { 2010 = 1 } }"),
              Lines{"g.toml:2:39: levers.watering.daily: 2010Q1 is before the scenario starts (2011Q1)"});
    EXPECT_EQ(problems_in("start = \"2009Q1\"\nlevers.watering.daily = { step = 1, from = \"2009Q1\" }\n"), Lines{});
    EXPECT_EQ(problems_in("sun = { step = 1, from = \"1999Q1\" }\n"), Lines{}) << "only levers are bound to the start";
}

}  // namespace
}  // namespace garden
