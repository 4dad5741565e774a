// Targets: met or not, how much is missing, from which year on, and what their comparison mixes.
#include "models/growth/measure/targets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "models/growth/measure/comparability.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;

constexpr double never = std::numeric_limits<double>::infinity();
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

Target at_least(double value, double tolerance = 0) {
    Target target;
    target.value = value;
    target.tolerance = tolerance;
    return target;
}

Target at_most(double value, double tolerance = 0) {
    auto target = at_least(value, tolerance);
    target.comparison = Comparison::at_most;
    return target;
}

TEST(Targets, AreMetAtTheirValueOrAboutIt) {
    EXPECT_TRUE(is_met(at_least(20), 20));
    EXPECT_FALSE(is_met(at_least(20), 19));
    EXPECT_TRUE(is_met(at_least(4000, 0.05), 3800));
    EXPECT_FALSE(is_met(at_least(4000, 0.05), 3799));
    EXPECT_TRUE(is_met(at_most(20), 20));
    EXPECT_FALSE(is_met(at_most(20), 21));
    EXPECT_TRUE(is_met(at_most(20, 0.1), 22));
    EXPECT_FALSE(is_met(at_least(20), unknown));
}

Target within(Comparison comparison, double value, std::optional<double> upper, double tolerance) {
    auto target = at_least(value, tolerance);
    target.comparison = comparison;
    target.upper = upper;
    return target;
}

TEST(Targets, AboutAndBetweenHaveTwoEnds) {
    const auto about = within(Comparison::about, 50, {}, 0.1), between = within(Comparison::between, 10, 20, 0);
    for (const double value : {45.0, 50.0, 55.0}) EXPECT_TRUE(is_met(about, value)) << value;
    for (const double value : {44.9, 55.1, unknown}) EXPECT_FALSE(is_met(about, value)) << value;
    for (const double value : {10.0, 20.0}) EXPECT_TRUE(is_met(between, value)) << value;
    for (const double value : {9.9, 20.1}) EXPECT_FALSE(is_met(between, value)) << value;
    EXPECT_EQ(shortfall(between, 8), 0.2);    // 2 of 10
    EXPECT_EQ(shortfall(between, 25), 0.25);  // 5 of 20
    EXPECT_NEAR(shortfall(about, 60), 0.2, 1e-15);
    EXPECT_EQ(value_that_meets(between, 25), 20);
    EXPECT_EQ(value_that_meets(between, 5), 10);
}

// No more than a tenth lost: -8 % is met, -12 % is not, and a tolerance of a tenth lets -11 % pass.
TEST(Targets, ValuesMayBeBelowZero) {
    EXPECT_TRUE(is_met(at_least(-0.10), -0.08));
    EXPECT_FALSE(is_met(at_least(-0.10), -0.12));
    EXPECT_TRUE(is_met(at_least(-0.10, 0.1), -0.109));
    EXPECT_TRUE(std::isnan(shortfall(at_least(0), -1)));  // as a share of nothing there is none
}

// (E58) 3000 of 4000 leave a quarter; 5 % less than about 4000 is no shortfall, 6 % less is one of 6 %
TEST(Targets, E58ShortfallByHand) {
    EXPECT_EQ(shortfall(at_least(4000), 3000), 0.25);
    EXPECT_EQ(shortfall(at_least(4000), 4000), 0);
    EXPECT_EQ(shortfall(at_least(4000), 9000), 0);
    EXPECT_EQ(shortfall(at_least(4000), 0), 1);
    EXPECT_EQ(shortfall(at_least(4000, 0.05), 3800), 0);
    EXPECT_NEAR(shortfall(at_least(4000, 0.05), 3760), 0.06, 1e-15);
    EXPECT_NEAR(shortfall(at_most(5), 6), 0.2, 1e-15);
    EXPECT_EQ(shortfall(at_most(5), 4), 0);
}

// (E59) by rate 110 becomes 133.1 in two years of 10 %; by increment 9 become 20 in 5.5, so six years of 2
TEST(Targets, E59YearsAheadByHand) {
    EXPECT_EQ(years_ahead(100, 110, 133.1, true), 2);
    EXPECT_EQ(years_ahead(100, 110, 133.2, true), 3);
    EXPECT_EQ(years_ahead(7, 9, 20, false), 6);
    EXPECT_EQ(years_ahead(7, 9, 19, false), 5);
    EXPECT_EQ(years_ahead(110, 100, 81, true), 3);  // down as well: 100, 90.9, 82.6, 75.1
    EXPECT_EQ(years_ahead(9, 7, 2, false), 3);
}

TEST(Targets, E59NeverWhereItDoesNotMoveThere) {
    for (const bool by_rate : {false, true}) {
        EXPECT_EQ(years_ahead(10, 10, 20, by_rate), never);
        EXPECT_EQ(years_ahead(12, 10, 20, by_rate), never);
        EXPECT_EQ(years_ahead(12, 0, 20, by_rate), never);
        EXPECT_TRUE(std::isnan(years_ahead(unknown, 10, 20, by_rate)));
    }
    EXPECT_TRUE(std::isnan(years_ahead(0, 10, 20, true)));  // from nothing there is no rate
    EXPECT_EQ(years_ahead(0, 10, 20, false), 1);
    EXPECT_EQ(years_ahead(0, 0, 20, false), never);
}

// The year from which a target is met until the end; one that is lost again is not met.
TEST(Targets, YearFromWhichTheyAreMet) {
    const auto target = at_least(5);
    bool by_rate = false;
    const auto year = [&](std::vector<double> path) { return years_to_meet(target, path, by_rate); };
    EXPECT_EQ(year({1, 3, 2, 5, 6}), 3);
    EXPECT_EQ(year({6, 7, 8}), 0);
    EXPECT_EQ(year({1, 6, 2, 5}), 3);
    EXPECT_EQ(year({1, 2, 3}), 2 + 2);
    EXPECT_EQ(year({6, 4}), never);
    EXPECT_TRUE(std::isnan(year({3})));
    by_rate = true;
    EXPECT_EQ(year({1, 2}), 1 + 2);  // 4, 8
}

// What is recorded is what the outputs add up to, and the last year of the path is the target's value.
TEST(Targets, FollowFromTheRecord) {
    const auto config = growth_tests::flagship();
    const auto record = growth_tests::simulate(config, 1);
    const auto year_end = [&](std::size_t year) { return 4 * year + 3; };
    for (std::size_t k = 0; k < config.targets.size(); ++k) {
        const auto& target = config.targets[k];
        const auto [value, met, year, other, base] = record.targets.at(k);
        EXPECT_EQ(record.target_paths.at(year_end(4), k).target_path, value) << target.key;
        EXPECT_TRUE(std::isnan(record.target_paths.at(year_end(4) - 1, k).target_path)) << target.key;
        EXPECT_EQ(met, is_met(target, value)) << target.key;
        EXPECT_EQ(met > 0, year <= 2015) << target.key;
        EXPECT_EQ(std::isnan(other), !counts_revenue(target)) << target.key;
        EXPECT_EQ(std::isnan(base), target.key != "T12") << target.key;  // a change since the year before the start
    }
    const auto all = config.targets.index_of("T1"), hundred = config.targets.index_of("T10"),
               fifty = config.targets.index_of("T11");
    for (int year = 0; year < 5; ++year) {
        const double output = growth_tests::total_of_year(config, record.cells, growth_tests::output_member, year);
        EXPECT_NEAR(record.target_paths.at(year_end(static_cast<std::size_t>(year)), all).target_path, output,
                    1e-9 * output);
    }
    const auto city = record.city.at(year_end(4));
    EXPECT_EQ(record.targets.at(hundred).target_value, city.groups_above_100);
    EXPECT_EQ(record.targets.at(hundred).target_other_scope, city.firms_above_100);
    EXPECT_EQ(record.targets.at(fifty).target_value, city.groups_above_50);
    EXPECT_EQ(record.targets.at(fifty).target_other_scope, city.firms_above_50);
}

// A year's value does not know how many years follow.
TEST(Targets, PathIsThatOfAShorterRun) {
    const auto config = growth_tests::flagship(), shorter = growth_tests::flagship({{"scenario.years", "3"}});
    const auto record = growth_tests::simulate(config, 2), same = growth_tests::simulate(shorter, 2);
    for (std::size_t k = 0; k < config.targets.size(); ++k)
        EXPECT_EQ(growth_tests::bits(record.target_paths.at(11, k).target_path),
                  growth_tests::bits(same.targets.at(k).target_value))
            << config.targets[k].key;
}

// Replicates of one draw share its parameters and nothing else; chance is that of the replicate.
TEST(SharedDraws, ShareTheirParametersAlone) {
    const auto alone = growth_tests::flagship(),
               nested = growth_tests::flagship({{"scenario.replicates_per_draw", "3"}});
    const auto response = [](const Config& c, std::uint32_t replicate) {
        return growth::draw_config(c, growth_tests::draws_of(c, replicate)).parameters.demand.change_response;
    };
    for (std::uint32_t replicate = 0; replicate < 9; ++replicate) {
        EXPECT_EQ(draw_number(nested, replicate), replicate / 3);
        EXPECT_EQ(response(nested, replicate), response(alone, replicate / 3));
    }
    // Replicate 0 is the first of its draw in either case; replicate 1 has the chance of 1 and the parameters of 0.
    EXPECT_EQ(growth_tests::bits_of(growth_tests::simulate(nested, 0)),
              growth_tests::bits_of(growth_tests::simulate(alone, 0)));
    EXPECT_NE(growth_tests::bits_of(growth_tests::simulate(nested, 1)),
              growth_tests::bits_of(growth_tests::simulate(nested, 0)));
    EXPECT_NE(growth_tests::bits_of(growth_tests::simulate(nested, 1)),
              growth_tests::bits_of(growth_tests::simulate(alone, 1)));
}

std::vector<std::string> targets_warned_of(const Config& c, const std::string& kind) {
    std::vector<std::string> keys;
    for (const auto& warning : warnings_of(c))
        if (warning.kind == kind) keys.insert(keys.end(), warning.targets.begin(), warning.targets.end());
    return keys;
}

TEST(Warnings, NameTheTargetsThatMixFiguresOrThresholds) {
    using Keys = std::vector<std::string>;
    const auto config = growth_tests::flagship();
    EXPECT_EQ(targets_warned_of(config, "mixed_figures"), (Keys{"T1", "T2", "T4", "T5", "T6", "T7", "T8", "T9", "T3"}));
    EXPECT_EQ(targets_warned_of(config, "mixed_thresholds"),
              (Keys{"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T16"}));
    EXPECT_EQ(warnings_of(config).front().text.substr(0, 15), "T1, T2, T4–T9");
}

TEST(Warnings, AreSilentWhereNothingIsMixed) {
    const auto one_threshold = growth_tests::flagship({{"parameters.population.new_threshold", "0.05"}});
    EXPECT_TRUE(targets_warned_of(one_threshold, "mixed_thresholds").empty());
    const auto before = growth_tests::flagship({{"scenario.start_year", "2005"}});
    EXPECT_TRUE(targets_warned_of(before, "mixed_thresholds").empty());
    auto counts = growth_tests::flagship();
    std::erase_if(counts.targets, [](const Target& t) { return t.output != "teams"; });
    EXPECT_TRUE(warnings_of(counts).empty());
}

TEST(TargetGroups, HoldWhatTheyNameOrAll) {
    const auto config = growth_tests::flagship();
    const auto all = config.target_groups.index_of("all"), six = config.target_groups.index_of("industries");
    ASSERT_LT(std::max(all, six), config.target_groups.size());
    EXPECT_EQ(listed(config, config.target_groups[all]), "T1–T17");
    EXPECT_EQ(listed(config, config.target_groups[six]), "T4–T9");
    EXPECT_TRUE(holds(config.target_groups[all], "T17"));
    EXPECT_FALSE(holds(config.target_groups[six], "T1"));
    EXPECT_EQ(listed(config, {"T1", "T2", "T16", "T17"}), "T1, T2, T16, T17");
}

}  // namespace
