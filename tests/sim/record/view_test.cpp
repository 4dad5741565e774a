// Steps become years by each variable's own rule, and what was not asked for is left out.
#include "sim/record/view.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

namespace {

using Rows = std::vector<double>;
using Strings = std::vector<std::string>;
using sim::Detail;
using sim::OverTime;

// Six quarters: a whole year and the half of one.
std::vector<sim::Axis> axes() {
    return {sim::calendar_axis("time", 2011, 6, 4), {.name = "place", .keys = {"here", "there"}}};
}
std::vector<sim::Variable> variables() {
    return {{"flow", "kg", "Flow", "", "", {"time", "place"}, OverTime::sum},
            {"stock", "kg", "Stock", "", "", {"time"}, OverTime::last},
            {"price", "kg", "Price", "", "", {"time"}, OverTime::mean},
            {"outcome", "1", "Outcome", "", "", {"place"}}};
}
const Rows flow{1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60}, stock{1, 2, 3, 4, 5, 6}, price{1, 2, 3, 6, 7, 8},
    outcome{8, 9};

Rows kept(const sim::View& view) {
    Rows rows{-1};  // is appended to
    view.append_kept({flow, stock, price, outcome}, rows);
    EXPECT_EQ(rows.size(), view.kept_length() + 1);
    return rows;
}
Rows yearly(const sim::View& view) {
    Rows rows;
    view.append_yearly({flow, stock, price, outcome}, rows);
    EXPECT_EQ(rows.size(), view.yearly_length());
    return rows;
}
Rows yearly_of_kept(const sim::View& view) {
    Rows kept, rows;
    view.append_kept({flow, stock, price, outcome}, kept);
    view.append_yearly_of_kept(kept, rows);
    return rows;
}

// What is missing has one pattern of bits in files and statistics, whatever a model or a processor makes of it.
TEST(View, KnowsOneNaN) {
    const auto odd = [](std::uint64_t bits) { return std::bit_cast<double>(bits); };
    const double negative = odd(0xfff8000000000000), loaded = odd(0x7ff8000000000123),
                 signalling = odd(0xfff0000000000001);
    const auto canonical = std::bit_cast<std::uint64_t>(std::numeric_limits<double>::quiet_NaN());
    const Rows flows{negative, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60}, stocks{1, 2, 3, loaded, 5, signalling},
        prices{1, 2, negative, 6, 7, 8}, outcomes{loaded, signalling};
    for (const auto detail : {Detail::outcomes, Detail::years, Detail::steps}) {
        const sim::View view(axes(), variables(), {detail});
        Rows rows;
        view.append_kept({flows, stocks, prices, outcomes}, rows);
        view.append_yearly({flows, stocks, prices, outcomes}, rows);
        EXPECT_GE(std::ranges::count_if(rows, [](double x) { return std::isnan(x); }), 2);
        for (const double value : rows)
            EXPECT_TRUE(!std::isnan(value) || std::bit_cast<std::uint64_t>(value) == canonical);
    }
}

Strings names(const std::vector<sim::Variable>& list) {
    Strings found;
    for (const auto& variable : list) found.push_back(variable.name);
    return found;
}
bool has_axis(const sim::View& view, const std::string& name) {
    return std::any_of(view.axes().begin(), view.axes().end(), [&](const auto& axis) { return axis.name == name; });
}

const Rows by_year{10, 100, 11, 110, 4, 6, 3, 7.5, 8, 9};  // sums, last values, means; the outcome as it is

TEST(View, AddsUpFlowsTakesTheLastOfStocksAndAveragesPrices) {
    const sim::View view(axes(), variables(), {.detail = Detail::years});
    EXPECT_EQ(yearly(view), by_year);
    auto expected = by_year;
    expected.insert(expected.begin(), -1);
    EXPECT_EQ(kept(view), expected);
    EXPECT_EQ(view.kept()[0].dims, (Strings{"year", "place"}));
    EXPECT_EQ(view.kept()[3].dims, Strings{"place"});
    EXPECT_EQ(sim::axis_of(view.axes(), "year").numbers, (std::vector<std::int32_t>{2011, 2012}));
    EXPECT_FALSE(has_axis(view, "time"));
}

TEST(View, KeepsStepsAsTheyAre) {
    for (const auto detail : {Detail::steps, Detail::panels}) {
        const sim::View view(axes(), variables(), {.detail = detail});
        Rows expected{-1};
        for (const auto* column : {&flow, &stock, &price, &outcome})
            expected.insert(expected.end(), column->begin(), column->end());
        EXPECT_EQ(kept(view), expected);
        EXPECT_EQ(yearly(view), by_year) << "statistics are of years, whatever is kept";
        EXPECT_EQ(yearly_of_kept(view), by_year);
        EXPECT_TRUE(has_axis(view, "time") && has_axis(view, "year"));
    }
}

TEST(View, OfOutcomesKeepsWhatHasNoTime) {
    const sim::View view(axes(), variables(), {.detail = Detail::outcomes});
    EXPECT_EQ(names(view.kept()), Strings{"outcome"});
    EXPECT_EQ(kept(view), (Rows{-1, 8, 9}));
    EXPECT_EQ(yearly(view), (Rows{8, 9})) << "a series that is not kept costs nothing";
    EXPECT_EQ(yearly_of_kept(view), (Rows{8, 9}));
    EXPECT_FALSE(has_axis(view, "year"));
}

TEST(View, TakesTheVariablesAskedForInTheOrderOfTheModel) {
    const sim::View view(axes(), variables(), {.detail = Detail::years, .variables = {"price", "flow"}});
    EXPECT_EQ(names(view.kept()), (Strings{"flow", "price", "outcome"}));
    EXPECT_EQ(yearly(view), (Rows{10, 100, 11, 110, 3, 7.5, 8, 9}));
    const sim::View steps(axes(), variables(), {.detail = Detail::steps, .variables = {"price", "flow"}});
    EXPECT_EQ(yearly_of_kept(steps), yearly(view));
    const sim::View stocks(axes(), variables(), {.detail = Detail::years, .variables = {"stock"}});
    EXPECT_EQ(yearly(stocks), (Rows{4, 6, 8, 9}));
}

TEST(View, RefusesWhatItDoesNotKnow) {
    EXPECT_THROW(sim::View(axes(), variables(), {.variables = {"flaw"}}), std::invalid_argument);
    auto without_years = axes();
    without_years[0].companions.clear();
    EXPECT_THROW(sim::View(without_years, variables(), {}), std::invalid_argument);
}

}  // namespace
