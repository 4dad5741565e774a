// Values given as changes to what was said before: the arithmetic by hand, where changes come together, and mistakes.
#include "sim/scenario/change.hpp"

#include "sim/scenario/write.hpp"
#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

using Settings = std::vector<sim::Override>;

Settings watering(const std::string& change) {
    return {{"levers.watering.daily", change}};
}

// What a schedule becomes by a change on the command line.
sim::Schedule changed(const std::string& schedule, const std::string& change) {
    return read("levers.watering.daily = " + schedule + "\n", watering(change)).value.levers.watering.daily;
}

Lines daily_problems(const std::string& change) {
    return problems_in("levers.watering.daily = " + change + "\n");
}

std::string text_of(const sim::Schedule& schedule) {
    return sim::inline_toml(sim::json_of(schedule));
}

TEST(Change, ScalesEverySchedule) {
    EXPECT_EQ(text_of(changed("3", "{ times = 2 }")), "6.0");
    EXPECT_EQ(text_of(changed("3", "{ times = 2, from = 2013 }")), R"({ table = [["start", 3.0], ["2013Q1", 6.0]] })");
    EXPECT_EQ(text_of(changed("{ step = 2, from = 2012 }", "{ times = 3, from = \"2013Q2\", until = 2014 }")),
              R"({ table = [["2012Q1", 2.0], ["2013Q2", 6.0], ["2014Q1", 2.0]] })");
    EXPECT_EQ(text_of(changed("{ by_year = { 2011 = 1, 2013 = 4 } }", "{ times = 0.5, from = 2012 }")),
              R"({ table = [["2011Q1", 1.0], ["2012Q1", 0.5], ["2013Q1", 2.0]] })");
    EXPECT_EQ(text_of(changed("{ by_year = { 2011 = 1, 2013 = 4 } }", "{ times = 0.5 }")),
              R"({ by_year = { 2011 = 0.5, 2013 = 2.0 } })");
    EXPECT_EQ(text_of(changed("{ step = 2, from = 2012 }", "{ times = 0, until = 2013 }")),
              R"({ step = 2.0, from = "2013Q1" })");
}

TEST(Change, OfARampKeepsItsLineAndJumps) {
    EXPECT_EQ(text_of(changed("{ ramp = [0, 4], from = 2011, to = 2015 }", "{ times = 2 }")),
              R"({ ramp = [0.0, 8.0], from = "2011Q1", to = "2015Q1" })");
    const auto doubled = changed("{ ramp = [0, 4], from = 2011, to = 2015 }", "{ times = 2, from = 2013 }");
    EXPECT_EQ(doubled.at(2012.75), 1.75);
    EXPECT_EQ(doubled.at(2013), 4);
    EXPECT_EQ(doubled.at(2014), 6);
    EXPECT_EQ(doubled.at(2016), 8);
    EXPECT_EQ(text_of(doubled), R"({ line = [["2011Q1", 0.0], ["2013Q1", 2.0], ["2013Q1", 4.0], ["2015Q1", 8.0]] })");
    const auto more = changed("{ ramp = [1, 2], from = 2012, to = 2014 }", "{ plus = 10, until = 2013 }");
    for (const auto& [time, value] : std::vector<std::pair<double, double>>{
             {2011, 10}, {2011.75, 10}, {2012, 11}, {2012.5, 11.25}, {2012.75, 11.375}, {2013, 1.5}, {2020, 2}})
        EXPECT_DOUBLE_EQ(more.at(time), value) << time;
}

TEST(Change, AddsFromOnAndUntil) {
    EXPECT_EQ(text_of(changed("{ step = 2, from = 2012 }", "{ plus = 3 }")),
              R"({ table = [["start", 3.0], ["2012Q1", 5.0]] })");
    EXPECT_EQ(text_of(changed("1", "{ plus = 3, from = \"2013Q1\", until = 2015 }")),
              R"({ table = [["start", 1.0], ["2013Q1", 4.0], ["2015Q1", 1.0]] })");
    EXPECT_EQ(text_of(changed("0", "{ plus = 3, from = 2013 }")), R"({ step = 3.0, from = "2013Q1" })");
}

// At every quarter the change is what it says, whatever the form and the window.
TEST(Change, IsTheChangeOfEveryValue) {
    const std::vector<std::string> forms = {
        "2", "{ step = 2, from = \"2012Q2\" }", "{ ramp = [1, 3], from = \"2011Q3\", to = 2014 }",
        "{ table = [[2011, 1], [2013, 2.5]] }", "{ by_year = { 2012 = 1, 2014 = 3 } }"};
    for (const auto& form : forms)
        for (const auto* window : {"", ", from = 2013", ", until = 2013", ", from = \"2011Q3\", until = \"2013Q2\""})
            for (const auto* what : {"times = 2", "plus = 3"}) {
                const bool scales = what[0] == 't';
                const std::string change = std::string("{ ") + what + window + " }";
                const auto before = changed(form, "{ times = 1 }"), after = changed(form, change);
                const std::string_view w = window;
                const double from = w.find("2011Q3") != w.npos ? 2011.5 : w.find("from") != w.npos ? 2013 : 0;
                const double until = w.find("2013Q2") != w.npos ? 2013.25 : w.find("until") != w.npos ? 2013 : 9999;
                for (double t = 2010; t < 2017; t += 0.25) {
                    const bool acts = from <= t && t < until;
                    const double value = before.at(t);
                    EXPECT_DOUBLE_EQ(after.at(t), !acts    ? value
                                                  : scales ? 2 * value
                                                           : value + 3)
                        << form << " " << change << " at " << t;
                }
                const auto again = read("levers.watering.daily = " + text_of(after) + "\n").value.levers.watering.daily;
                EXPECT_EQ(again, after) << "reads back";
            }
}

using ChangeFiles = Folder;

TEST_F(ChangeFiles, LieOnTopOfWhatFilesSayBefore) {
    write("base.toml", "name = \"base\"\nseed = 3\n[levers.watering]\ndaily = { step = 2, from = 2012 }\n");
    write("more.toml", "[levers.watering]\ndaily = { times = 2, from = 2013 }\n");
    const auto main = write("main.toml",
                            "extends = \"base.toml\"\ninclude = [\"more.toml\"]\nseed = { times = 4 }\n"
                            "[levers.watering]\ndaily = [{ plus = 1, from = 2014 }, { times = 10, from = 2015 }]\n");
    const auto document = sim::load(main, Settings{{"levers.watering.daily.plus", "5"}});
    sim::Problems problems;
    const auto garden = sim::read<Garden>(document, problems, options()).value;
    EXPECT_EQ(lines(problems.sorted()),
              Lines{"--set levers.watering.daily.plus: levers.watering.daily = 55 is above 50 "
                    "(l/day); allowed: 0 to 50"});
    EXPECT_EQ(garden.seed, 12);
    EXPECT_EQ(text_of(garden.levers.watering.daily),
              R"({ table = [["start", 5.0], ["2012Q1", 7.0], ["2013Q1", 9.0], ["2014Q1", 10.0], ["2015Q1", 55.0]] })");
    const auto again = sim::parse(document.toml(), "again");
    sim::Problems same;
    EXPECT_EQ(sim::read<Garden>(again, same, options()).value, garden) << "as one text it is the same";
}

TEST(Change, OfWhatNoFileSaysIsOfTheDefault) {
    const auto drawn = read("growth = { times = 2 }\nlevers.watering.loss = { times = 0.5 }\n");
    EXPECT_EQ(drawn.value.growth, 3);
    EXPECT_EQ(drawn.value.levers.watering.loss, 0.1);
    const auto& prior = drawn.uncertain.front();
    EXPECT_EQ(prior.path, "levers.watering.loss");
    EXPECT_EQ(prior.prior.low, 0.05);
    EXPECT_EQ(prior.prior.high, 0.2);
    EXPECT_EQ(drawn.value.levers.watering.daily.at(2011), 1);
    EXPECT_EQ(read("levers.watering.daily = { times = 7 }\n").value.levers.watering.daily.at(2011), 7);
}

TEST(Change, MovesAWholePrior) {
    const std::string given = "growth = { median = 2, low = 1, high = 4, distribution = \"lognormal\" }\n";
    const auto scaled = read(given, Settings{{"growth", "{ times = 3 }"}});
    EXPECT_EQ(scaled.value.growth, 6);
    EXPECT_EQ(scaled.uncertain.front().prior.low, 3);
    EXPECT_EQ(scaled.uncertain.front().prior.high, 12);
    const auto moved = read(given, Settings{{"growth", "{ plus = 1 }"}});
    EXPECT_EQ(moved.value.growth, 3);
    EXPECT_EQ(moved.uncertain.front().prior.low, 2);
    const auto none = read(given, Settings{{"growth", "{ times = 0 }"}});
    EXPECT_EQ(none.value.growth, 0);
    EXPECT_TRUE(std::none_of(none.uncertain.begin(), none.uncertain.end(),
                             [](const auto& value) { return value.path == "growth"; }));
    const auto listed = read("growth = { quantiles = [[0, 1], [0.05, 2], [0.5, 3], [0.95, 5], [1, 6]] }\n",
                             Settings{{"growth", "{ times = 2 }"}});
    EXPECT_EQ(listed.value.growth, 6);
    EXPECT_EQ(listed.uncertain.front().quantiles.front(), (sim::Quantile{0, 2}));
    const auto frost = read("frost = { median = -2, low = -4, high = -1, distribution = \"normal\" }\n",
                            Settings{{"frost", "{ times = 2 }"}});
    EXPECT_EQ(frost.uncertain.front().prior.low, -8);
}

TEST(Change, Problems) {
    EXPECT_EQ(daily_problems("{ times = 2, from = 2014, until = \"2013Q1\" }"),
              Lines{"g.toml:2:59: levers.watering.daily: until = 2013Q1 is not after from = 2014Q1"});
    EXPECT_EQ(daily_problems("{ times = 2, form = 2014 }"),
              Lines{"g.toml:2:38: unknown key \"form\" in [levers.watering.daily]; did you mean \"from\"?"});
    EXPECT_EQ(daily_problems("{ times = \"two\" }"),
              Lines{"g.toml:2:35: levers.watering.daily: expected a number, found the text \"two\""});
    EXPECT_EQ(daily_problems("{ times = 2, from = 2009 }"),
              Lines{"g.toml:2:45: levers.watering.daily: 2009Q1 is before the scenario starts (2011Q1)"});
    EXPECT_EQ(daily_problems("{ times = 100, from = 2014 }"),
              Lines{"g.toml:2:25: levers.watering.daily = 100 is above 50 (l/day); allowed: 0 to 50"});
    EXPECT_EQ(daily_problems("{ times = 2, plus = 3 }"),
              Lines{"g.toml:2:38: levers.watering.daily: a change either scales or adds; for both give a list, such as "
                    "[{ times = 2 }, { plus = 3 }]"});
    EXPECT_EQ(
        problems_in("levers.watering.daily = 0\n", watering("{ times = 2, from = 2013 }")),
        Lines{"--set levers.watering.daily: levers.watering.daily: there is nothing to scale: it is not given, or "
              "zero, before; give a value, or { plus = … }"});
    EXPECT_EQ(problems_in("frost = { plus = -1 }\n"),
              Lines{"g.toml:2:9: frost: there is nothing to add to: it is not given before; give a value"});
    EXPECT_EQ(problems_in("growth = { times = 2, from = 2013 }\n"),
              Lines{"g.toml:2:10: growth is one number for all times; from and until go with schedules"});
    EXPECT_EQ(problems_in("fenced = { times = 2 }\n"),
              Lines{"g.toml:2:10: fenced: only numbers and schedules can be scaled or added to"});
    EXPECT_EQ(problems_in("seed = { times = 0.5 }\n"), Lines{"g.toml:2:8: seed = 0.5 is no whole number"});
    EXPECT_EQ(problems_in("", Settings{{"levers", "{ times = 2 }"}}),
              Lines{"--set levers: levers: only numbers and schedules can be scaled or added to"});
    EXPECT_EQ(problems_in("growth = [2, { times = 2 }, 3, { plus = 1 }]\n"),
              Lines{"g.toml:2:29: growth: expected a change, { times } or { plus }, after the value, found the integer "
                    "3"});
}

}  // namespace
}  // namespace garden
