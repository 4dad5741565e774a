// Statistics that pass through a file are those that went in, and whatever cannot be statistics is refused.
#include "sim/output/statistics_table.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "sim/random/draws.hpp"

namespace {

constexpr std::size_t series = 3;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

sim::Statistics statistics_of(std::size_t first, std::size_t end) {
    const auto stream = sim::Draws{3, 0}.at(sim::purpose("statistics"), 0);
    sim::Statistics statistics(series, first);
    for (auto i = first; i < end; ++i)
        if (i % 7 == 3) {
            statistics.add_missing();
        } else {
            const auto x = stream.normals(i);
            statistics.add(std::vector{1e3 * x[0], std::exp(x[1]), i % 2 == 0 ? nan : 1.0});
        }
    return statistics;
}

void expect_same(const std::vector<double>& a, const std::vector<double>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        EXPECT_TRUE(a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i]))) << i << ": " << a[i] << ", " << b[i];
}

TEST(StatisticsTable, OfFiveNumbersIsKnown) {
    sim::Statistics statistics(1, 0);
    for (const double x : {4.0, 1.0, 3.0, 2.0, 5.0}) statistics.add(std::vector{x});
    const auto table = sim::table_of(statistics);
    ASSERT_EQ(table.size(), sim::statistic_names.size());
    EXPECT_EQ(table[0], 5);
    EXPECT_EQ(table[1], 3);
    EXPECT_DOUBLE_EQ(table[2], std::sqrt(2.5));
    EXPECT_EQ(table[3], 1);
    EXPECT_NEAR(table[4], 1.2, 1.2 / 128);
    EXPECT_NEAR(table[6], 3, 3.0 / 128);
    EXPECT_NEAR(table[8], 4.8, 4.8 / 128);
    EXPECT_EQ(table[9], 5);
}

TEST(StatisticsTable, IsTheSameAfterAFile) {
    const std::vector all{statistics_of(5, 100), statistics_of(5, 6), sim::Statistics(series, 5)};
    const auto again = sim::decode(sim::encode(all), all.size(), series);
    for (std::size_t i = 0; i < all.size(); ++i) {
        expect_same(sim::table_of(again[i]), sim::table_of(all[i]));
        EXPECT_EQ(again[i].moments.state(), all[i].moments.state());
        EXPECT_EQ(again[i].moments.end(), all[i].moments.end());
    }
}

// Bit for bit those of the whole, wherever it was cut and whichever parts went through files.
TEST(StatisticsTable, OfPartsIsThatOfTheWhole) {
    const auto whole = sim::table_of(statistics_of(0, 200));
    for (const std::size_t cut : {1, 64, 100, 199}) {
        auto parts = sim::decode(sim::encode({statistics_of(0, cut)}), 1, series);
        parts[0].append(sim::decode(sim::encode({statistics_of(cut, 200)}), 1, series)[0]);
        expect_same(sim::table_of(parts[0]), whole);
    }
}

TEST(StatisticsTable, RefusesWhatNobodyEncoded) {
    const auto good = sim::encode({statistics_of(0, 20), statistics_of(0, 20)});
    EXPECT_NO_THROW(static_cast<void>(sim::decode(good, 2, series)));
    const auto expect_refused = [&](auto&& change, const char* what) {
        auto bad = good;
        change(bad);
        EXPECT_THROW(static_cast<void>(sim::decode(bad, 2, series)), std::invalid_argument) << what;
    };
    using Encoded = sim::EncodedStatistics;
    constexpr auto huge = std::numeric_limits<std::int64_t>::max();
    expect_refused([](Encoded& e) { e.counts.pop_back(); }, "a list is missing");
    expect_refused([](Encoded& e) { e.counts.push_back(0); }, "a list too many");
    expect_refused([](Encoded& e) { e.integers.pop_back(); }, "a whole number is missing");
    expect_refused([](Encoded& e) { e.numbers.push_back(0); }, "a number too many");
    expect_refused([](Encoded& e) { e.counts[0] = -1; }, "a negative length");
    expect_refused([](Encoded& e) { e.counts[2] = huge; }, "a length beyond everything");
    expect_refused([](Encoded& e) { e.integers[1] = huge; }, "a range without its nodes");
    expect_refused([](Encoded& e) { e.integers[0] = -5; }, "a range that begins below zero");
    expect_refused([](Encoded& e) { e.buckets.pop_back(); }, "a bucket is missing");
    expect_refused([](Encoded& e) { e.buckets.back() = -1; }, "a bucket that counts less than nothing");
    expect_refused([](Encoded& e) { e.buckets[0] = 1; }, "a resolution that its buckets do not have");
    expect_refused([](Encoded& e) { e.buckets[0] = 32; }, "a resolution beyond a number's digits");
    expect_refused([](Encoded& e) { e.integers[2] = -3; }, "a count below zero");
    EXPECT_THROW(static_cast<void>(sim::decode(good, 2, series + 1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(sim::decode(good, 1, series)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(sim::decode(good, 3, series)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(sim::decode({}, 1, series)), std::invalid_argument);
}

}  // namespace
