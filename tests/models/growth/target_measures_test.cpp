// What targets count: every measure and every count by hand, on a record and firms of round numbers; the plan's own
// targets against their definitions written out.
#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "models/growth/cells.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/measure/units.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/sites.hpp"
#include "models/growth/standing.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::Settings;

// A record in which a cell makes 1, 2, 3 … in every step of the first year and twice as much in the second, with ten
// workers for each; the year before, four times 0.5, 1, 1.5 …, with five workers for each.
struct ByHand {
    Config config;
    State state;
    Record record;

    explicit ByHand(const Settings& rows)
        : config(growth_tests::load("scenarios/tutorial/river-city.toml", settings(rows))) {
        record = Growth::blank(config);
        Record::describe_cubes(record, [](auto& cube) { cube.fill(0); });
        const auto clusters = cluster_count(config);
        for (std::size_t t = 0; t < 8; ++t)
            for (std::size_t i = 0; i < config.industries.size(); ++i)
                for (std::size_t k = 0; k < clusters; ++k) {
                    const double made = part(i, k) * (t < 4 ? 1 : 2);
                    record.cells.put({.output = made, .employment = 10 * made, .research = 0.1 * made}, t, i, k);
                    state.base_year.cells.resize(config.industries.size() * clusters);
                    state.base_year.cells[i * clusters + k] = {.output = 2 * part(i, k), .employment = 5 * part(i, k)};
                }
        for (std::size_t t = 0; t < 8; ++t) {
            record.city.put({.all_industry_output = t < 4 ? 30.0 : 50.0, .unemployment = 0.01 * double(t)}, t);
            for (std::size_t k = 0; k < config.places.size(); ++k)
                record.local.put({.place_invested = double(10 * (k + 1))}, t, k);
        }
        state.base_year.city.national_centres = 3;
        state.clock.years = 2;
        for (const int step : {3, 7}) measure_targets(config, step, state, record);
        judge_targets(config, record);
    }

    [[nodiscard]] double part(std::size_t i, std::size_t k) const {
        return static_cast<double>(i * cluster_count(config) + k + 1);
    }
    [[nodiscard]] double first(const std::string& key) const {
        return record.target_paths.at(3, config.targets.index_of(key)).target_path;
    }
    [[nodiscard]] TargetOutputs of(const std::string& key) const {
        return record.targets.at(config.targets.index_of(key));
    }

private:
    static Settings settings(const Settings& rows) {
        Settings all{{"scenario.years", "2"}};
        all.insert(all.end(), rows.begin(), rows.end());
        return all;
    }
};

sim::Override row(const std::string& key, const std::string& text) {
    return {"targets." + key, "{ value = 1, " + text + " }"};
}

std::string industry_key() {
    return growth_tests::load("scenarios/tutorial/river-city.toml").industries[1].key;
}
std::string cluster_key() {
    return growth_tests::load("scenarios/tutorial/river-city.toml").clusters[0].key;
}

// Cells are 1, 2, 3 in the first industry and 4, 5, 6 in the second: 21 together, 15 in the second, 5 in the cluster.
TEST(TargetMeasures, ByHand) {
    const auto energy = "where = { industry = \"" + industry_key() + "\" }";
    const auto cluster = "where = { cluster = \"" + cluster_key() + "\" }";
    const ByHand seen({row("all", "output = \"output\""), row("part", "output = \"output\", " + energy),
                       row("cluster", "output = \"output\", " + cluster),
                       row("change", "output = \"employment\", measure = \"change\", " + cluster),
                       row("ratio", "output = \"output\", measure = \"ratio\", " + energy),
                       row("growth", "output = \"output\", measure = \"growth\""),
                       row("share", "output = \"output\", measure = \"share\", " + energy),
                       row("of", "output = \"research\", measure = \"share\", of = \"output\", " + energy),
                       row("city", "output = \"output\", measure = \"share\", of = \"all_industry_output\""),
                       row("worker", "output = \"output\", measure = \"per_worker\", " + cluster),
                       row("mean", "output = \"unemployment\""), row("early", "output = \"output\", year = 2011"),
                       row("money", "output = \"output\", unit = \"1e9 CNY/year\"")});
    EXPECT_EQ(seen.first("all"), 4 * 21);
    EXPECT_EQ(seen.of("all").target_value, 8 * 21);
    EXPECT_EQ(seen.of("part").target_value, 8 * 15);
    EXPECT_EQ(seen.of("cluster").target_value, 8 * 5);
    EXPECT_EQ(seen.of("change").target_value, 100 - 25);  // workers stand at the end of the year
    EXPECT_EQ(seen.of("change").target_base, 25);
    EXPECT_EQ(seen.of("ratio").target_value, 4);  // 120 of 30
    EXPECT_EQ(seen.of("ratio").target_base, 30);
    EXPECT_NEAR(seen.first("growth"), 1, 1e-12);            // 42 to 84
    EXPECT_NEAR(seen.of("growth").target_value, 1, 1e-12);  // twice doubled in two years
    EXPECT_EQ(seen.of("share").target_value, 15.0 / 21);
    EXPECT_TRUE(std::isnan(seen.of("share").target_base));
    EXPECT_NEAR(seen.of("of").target_value, 0.1, 1e-12);  // of the same industry's output
    EXPECT_NEAR(seen.of("city").target_value, 168.0 / 200, 1e-12);
    EXPECT_EQ(seen.of("worker").target_value, 40.0 / 100);
    EXPECT_NEAR(seen.of("mean").target_value, 0.055, 1e-15);  // of 0.04 to 0.07
    EXPECT_EQ(seen.of("early").target_value, 84);
    EXPECT_EQ(seen.of("early").target_year, 2011);
    EXPECT_NEAR(seen.of("money").target_value, 16.8, 1e-12);
}

// Nothing was there, so nothing has grown: missing, and not met.
TEST(TargetMeasures, GrowthFromNothingIsMissing) {
    const ByHand seen({row("ratio", "output = \"research\", measure = \"ratio\""),
                       row("growth", "output = \"research\", measure = \"growth\"")});
    for (const auto* key : {"ratio", "growth"}) {
        EXPECT_TRUE(std::isnan(seen.of(key).target_value)) << key;
        EXPECT_EQ(seen.of(key).target_met, 0) << key;
    }
}

// Of a plan's cluster, of its places, and of those with a development zone.
TEST(TargetMeasures, CountsByHand) {
    const ByHand seen({row("clusters", "output = \"output\", count = \"clusters\", bound = 40"),
                       row("higher", "output = \"output\", count = \"clusters\", bound = 40.1"),
                       row("doubled", "output = \"output\", measure = \"ratio\", count = \"industries\", bound = 4"),
                       row("places", "output = \"place_invested\", count = \"places\", bound = 20"),
                       row("share", "output = \"place_invested\", count = \"places\", bound = 20, as_share = true")});
    const auto places = static_cast<double>(seen.config.places.size());
    EXPECT_EQ(seen.of("clusters").target_value, 1);
    EXPECT_EQ(seen.of("higher").target_value, 0);
    EXPECT_EQ(seen.of("doubled").target_value, 2);
    EXPECT_EQ(seen.of("places").target_value, places - 1);  // 10, 20, …
    EXPECT_EQ(seen.of("share").target_value, (places - 1) / places);
}

// Any column of firms, with any filter, against a count written out; firms of every size.
TEST(TargetMeasures, FirmsByAnyColumn) {
    const Settings rows = {
        row("workers", "count = \"firms\", column = \"labour\", bound = 200"),
        row("status",
            "count = \"firms\", column = \"high_tech\", bound = 1, as_share = true, where = { industry = "
            "\"energy\" }"),
        row("leaders",
            "count = \"firms\", column = \"year_sales\", bound = 5, where = { tier = \"leading\", place = "
            "\"zhuji\" }")};
    auto config = growth_tests::uncalibrated(rows);
    growth_tests::Replicate run(config, 1);
    auto record = Growth::blank(run.config);
    run.through(4, [&](int step) { Growth::measure(run.config, step, run.state, record); });
    double workers = 0, status = 0, energy = 0, leaders = 0;
    const auto& f = run.state.firms;
    for (const Cell& cell : run.state.cells)
        for_each_living(run.state, cell, [&](sim::Index firm) {
            const bool is_energy = config.industries[cell.industry].key == "energy";
            workers += f.labour(firm) >= 200;
            energy += is_energy;
            status += is_energy && f.high_tech(firm) > 0;
            leaders += f.year_sales(firm) >= 5 && config.places[cell.place].key == "zhuji" &&
                       f.tier(firm) == static_cast<double>(Tier::leading);
        });
    const auto value = [&](const char* key) {
        return record.target_paths.at(3, config.targets.index_of(key)).target_path;
    };
    EXPECT_GT(workers, 0);
    EXPECT_EQ(value("workers"), workers);
    EXPECT_EQ(value("status"), status / energy);
    EXPECT_EQ(value("leaders"), leaders);
}

// The plan's targets by the definitions of docs/model.md, 10.1, written out one by one: to the last bit.
TEST(PlanTargets, AreWhatTheirDefinitionsSay) {
    const auto config = growth_tests::load("scenarios/shaoxing-2011/plan.toml");
    growth_tests::Replicate run(config, 2);
    auto record = Growth::blank(run.config);
    const int steps = Growth::steps(config);
    run.through(steps, [&](int step) { Growth::measure(run.config, step, run.state, record); });
    std::vector<double> output(config.industries.size()), added(output), cluster(cluster_count(config));
    double all = 0, all_added = 0;
    for (int t = steps - 4; t < steps; ++t) {
        for (std::size_t i = 0; i < output.size(); ++i)
            for (std::size_t k = 0; k < cluster.size(); ++k) {
                const auto cell = record.cells.at(t, i, k);
                output[i] += cell.output, added[i] += cell.value_added, cluster[k] += cell.output;
            }
        all += record.city.at(t).all_industry_output, all_added += record.city.at(t).all_industry_value_added;
    }
    const auto sum = [](const std::vector<double>& parts) {
        double total = 0;
        for (const double part : parts) total += part;
        return total;
    };
    const auto value = [&](const std::string& key) {
        return record.target_paths.at(steps - 1, config.targets.index_of(key)).target_path;
    };
    EXPECT_EQ(value("T1"), sum(output));
    EXPECT_EQ(value("T2"), sum(output) / (all + sum(output) - sum(output)));
    EXPECT_EQ(value("T3"), sum(added) / all_added);
    const std::vector<std::string> single = {"equipment",   "materials", "biomedicine",
                                             "environment", "energy",    "information"};
    for (std::size_t k = 0; k < single.size(); ++k) {
        const double expected = output[config.industries.index_of(single[k])];
        EXPECT_EQ(value(fmt::format("T{}", 4 + k)), expected) << single[k];
    }

    const auto& s = run.state;
    double hundred = 0, fifty = 0, centres = 0;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index firm) {
            const double group = s.firms.year_sales(firm) * s.firms.group_ratio(firm);
            hundred += group > 100, fifty += group > 50, centres += s.firms.centre(firm) == national_centre;
        });
    EXPECT_EQ(value("T10"), hundred);
    EXPECT_EQ(value("T11"), fifty);
    EXPECT_EQ(value("T12"), centres - s.city.base_national);
    double sites = 0, results = 0, zones = 0, active = 0;
    for (std::size_t k = 0; k < config.clusters.size(); ++k) {
        bool works = false;
        for (std::size_t row = 0; row < config.components->of<Site>().size(); ++row)
            works |= config.components->of<Site>()[row].lever == "platforms" &&
                     s.policy.components->of<Site>()[row].working[k] > 0;
        sites += works;
        results += s.baseline.cluster_output[k] > 0 && cluster[k] >= 2.0 * s.baseline.cluster_output[k];
    }
    for (std::size_t k = 0; k < config.places.size(); ++k)
        if (config.places[k].development_zone) zones += 1, active += s.place_investment[k] >= 40;
    const auto clusters = static_cast<double>(config.clusters.size());
    EXPECT_EQ(value("T13"), sites / clusters);
    EXPECT_GT(sites, 0);
    EXPECT_EQ(value("T14"), s.city.talents_arrived);
    EXPECT_EQ(value("T15"), s.city.teams);
    EXPECT_EQ(value("T16"), results);
    EXPECT_EQ(value("T17"), active / zones);
}

// What is recorded of the base year adds up over places, fields and clusters to what the data say.
TEST(BaseYear, AddsUp) {
    const growth_tests::Replicate run(growth_tests::flagship(), 3);
    const auto& s = run.state;
    CellOutputs cells, places;
    double fields = 0;
    for (const auto& each : s.base_year.cells) cells.sales += each.sales, cells.employment += each.employment;
    for (const auto& each : s.base_year.places) places.sales += each.sales, places.employment += each.employment;
    for (const auto& each : s.base_year.fields) fields += each.field_sales;
    double sales = 0;
    for (const double each : s.baseline.sales) sales += each;
    EXPECT_NEAR(cells.sales, sales, 1e-9 * sales);
    EXPECT_NEAR(places.sales, sales, 1e-9 * sales);
    EXPECT_NEAR(fields, sales, 1e-9 * sales);
    EXPECT_NEAR(places.employment, cells.employment, 1e-9 * cells.employment);
    EXPECT_EQ(s.base_year.city.national_centres, s.city.base_national);
    const double output = s.base_year.city.all_industry_output * run.config.parameters.production.sales_ratio;
    EXPECT_NEAR(output, run.config.scenario.base_all_industry_sales, 1e-9 * output);
}

// The scenario's own currency is converted, no other.
TEST(Units, AreThoseOfTheScenario) {
    Units euros;
    euros.currency = "EUR", euros.money = 1e6, euros.area = Area::hectare;
    EXPECT_EQ(unit_in(euros, "money/area/year"), "1e6 EUR/hectare/year");
    EXPECT_EQ(unit_in(euros, "1/person/year"), "1/person/year");
    EXPECT_EQ(amount(euros, 2.5, false), "2.5 million EUR");
    EXPECT_EQ(amount(euros, 2.5, true), "250万欧元");
    Target target;
    target.output = "output";
    target.unit = "1e9 EUR/year";
    EXPECT_EQ(unit_factor(euros, target), 1000);
    target.unit = "1e8 CNY/year";
    EXPECT_FALSE(unit_factor(euros, target));
    target.output = "land";
    target.unit = "mu";
    EXPECT_NEAR(*unit_factor(euros, target), 1.0 / 15, 1e-15);
    euros.money = 1;
    EXPECT_EQ(unit_in(euros, "money"), "EUR");
}

TEST(Units, AreWordsInChinese) {
    EXPECT_EQ(unit_in_chinese("1e8 CNY/year"), "亿元/年");
    EXPECT_EQ(unit_in_chinese("1e6 EUR/person/year"), "百万欧元/人/年");
    EXPECT_EQ(unit_in_chinese("1e9 XYZ/hectare"), "十亿XYZ/公顷");
    EXPECT_EQ(unit_in_chinese("1e4 persons"), "万人");
    EXPECT_EQ(unit_in_chinese("mu"), "亩");
    EXPECT_EQ(unit_in_chinese("%"), "%");
    EXPECT_EQ(unit_in_chinese("1/year^0.5"), "1/year^0.5");
}

TEST(Units, AreConvertedWithinTheirKind) {
    Target target;
    Units units;
    units.currency = "CNY", units.money = 1e8, units.area = Area::mu;
    const auto factor = [&](const char* unit) {
        target.unit = unit;
        return unit_factor(units, target).value_or(0);
    };
    target.output = "output";
    EXPECT_EQ(natural_unit(units, target), "1e8 CNY/year");
    EXPECT_EQ(factor("1e8 CNY/year"), 1);
    EXPECT_EQ(factor("1e9 CNY/year"), 10);
    for (const auto* wrong : {"CNY", "1e8 CNY", "mu", "persons", "firms", "%", "1e8 EUR/year"})
        EXPECT_EQ(factor(wrong), 0) << wrong;
    target.output = "land";
    EXPECT_EQ(factor("ha"), 15);
    EXPECT_EQ(factor("hectare"), 15);
    EXPECT_NEAR(factor("acre"), 6.07, 0.001);
    EXPECT_EQ(factor("km2"), 1500);
    target.output = "employment";
    EXPECT_EQ(factor("1e4 persons"), 1e4);
    EXPECT_EQ(factor("jobs"), 1);
    target.output = "teams";
    EXPECT_EQ(factor("teams"), 1);
    EXPECT_EQ(factor("%"), 0);
    target.output = "output";
    target.measure = Measure::growth;
    EXPECT_EQ(natural_unit(units, target), "1/year");
    EXPECT_EQ(factor("%/year"), 0.01);
    target.measure = Measure::per_worker;
    EXPECT_EQ(natural_unit(units, target), "1e8 CNY/person/year");
    EXPECT_NEAR(factor("1e4 CNY/person/year"), 1e-4, 1e-18);
}

}  // namespace
