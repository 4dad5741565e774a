// Moments of many series: the values, and the same bits however the replicates were split.
#include "sim/statistics/moments.hpp"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/sim/core/support.hpp"

namespace {

using namespace core_tests;
using sim::Moments;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
using Rows = std::vector<std::vector<double>>;

Moments moments_of(const Rows& rows, std::uint64_t first = 0) {
    Moments moments(rows.empty() ? 0 : rows.front().size(), first);
    for (const auto& row : rows) moments.add(row);
    return moments;
}
Moments of_one_series(const std::vector<double>& values) {
    Moments moments(1);
    for (const double value : values) moments.add(std::array{value});
    return moments;
}

// Three series with gaps, the last one far from zero; a function of the replicate's number.
std::vector<double> row_of(std::uint64_t replicate) {
    Hash hash;
    hash.add(static_cast<double>(replicate));
    const double x = std::ldexp(static_cast<double>(hash.value() >> 11), -53);
    return {x, replicate % 3 == 0 ? nothing : 1 / (x + 1e-3), 1e9 + x};
}
Moments of_range(std::uint64_t first, std::uint64_t end) {
    Moments moments(3, first);
    for (auto replicate = first; replicate < end; ++replicate) {
        if (replicate % 7 == 5)
            moments.add_missing();
        else
            moments.add(row_of(replicate));
    }
    return moments;
}

TEST(Moments, HandValues) {
    const auto moments = moments_of({{1, -2, nothing}, {2, nothing, nothing}, {4, 0, nothing}, {9, -7, 5}});
    EXPECT_EQ(moments.end(), 4U);
    EXPECT_EQ(moments.count(), (std::vector<std::int64_t>{4, 3, 1}));
    EXPECT_EQ(moments.mean(), (std::vector<double>{4, -3, 5}));
    EXPECT_NEAR(moments.standard_deviation()[0], std::sqrt(38.0 / 3), 1e-15);
    EXPECT_NEAR(moments.standard_deviation()[1], std::sqrt(13.0), 1e-15);
    EXPECT_TRUE(std::isnan(moments.standard_deviation()[2])) << "one value has no spread";
    EXPECT_EQ(moments.minimum(), (std::vector<double>{1, -7, 5}));
    EXPECT_EQ(moments.maximum(), (std::vector<double>{9, 0, 5}));
}

TEST(Moments, NothingAndEverything) {
    const auto empty = moments_of({{nothing}, {nothing}});
    for (const auto& of : {empty.mean(), empty.standard_deviation(), empty.minimum(), empty.maximum()})
        EXPECT_EQ(bits(of[0]), bits(nothing)) << "the one pattern of NaN";
    EXPECT_EQ(of_one_series({1, infinity, 2, 3}).mean()[0], infinity);
    EXPECT_EQ(of_one_series({1, 2, -infinity}).mean()[0], -infinity);
    EXPECT_TRUE(std::isnan(of_one_series({infinity, -infinity}).mean()[0]));
    EXPECT_TRUE(std::isnan(of_one_series({1, infinity}).standard_deviation()[0]));
    const double least = std::numeric_limits<double>::denorm_min();
    EXPECT_EQ(of_one_series({least, 3 * least}).mean()[0], 2 * least);
    EXPECT_EQ(of_one_series({5, 5, 5}).standard_deviation()[0], 0.0);
}

// One billion above zero, where the naive sum of squares has lost every digit of the spread.
TEST(Moments, IllConditioned) {
    std::vector<double> values;
    long double sum = 0, squares = 0;
    for (int i = 0; i < 10'000; ++i) values.push_back(1e9 + (i * 7919 % 10'000) * 1e-4);
    for (const double x : values) sum += x;
    for (const double x : values) squares += (x - sum / 10'000) * (x - sum / 10'000);
    const auto moments = of_one_series(values);
    EXPECT_NEAR(moments.mean()[0], static_cast<double>(sum / 10'000), 2e-7);
    EXPECT_NEAR(moments.standard_deviation()[0], static_cast<double>(std::sqrt(squares / 9'999)), 1e-9);
}

TEST(Moments, DoNotDependOnHowTheReplicatesAreSplit) {
    EXPECT_TRUE(rc::check("any split of any range has the state of the whole", [] {
        const auto first = *rc::gen::inRange<std::uint64_t>(0, 300);
        const auto end = first + *rc::gen::inRange<std::uint64_t>(0, 300);
        auto cuts = *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange(first, end + 1));
        cuts.push_back(end);
        std::sort(cuts.begin(), cuts.end());
        Moments joined(3, first);
        for (auto at = first; const auto cut : cuts) {
            const auto part = of_range(at, cut);
            joined.append(*rc::gen::element(0, 1) == 0 ? part : Moments::from(3, part.state()));
            at = cut;
        }
        const auto whole = of_range(first, end);
        RC_ASSERT(joined.state() == whole.state());
        for (std::size_t i = 0; i < 3; ++i) {
            RC_ASSERT(bits(joined.mean()[i]) == bits(whole.mean()[i]));
            RC_ASSERT(bits(joined.standard_deviation()[i]) == bits(whole.standard_deviation()[i]));
        }
    }));
}

// Joined from the right, from the left and in pairs.
TEST(Moments, DoNotDependOnTheOrderOfMerging) {
    auto left = of_range(5, 21), right = of_range(21, 50);
    auto from_right = of_range(50, 77);
    auto middle = right;
    middle.append(from_right);
    auto a = left, b = left;
    a.append(middle);
    b.append(right);
    b.append(from_right);
    EXPECT_EQ(a.state(), b.state());
    EXPECT_EQ(a.state(), of_range(5, 77).state());
}

TEST(Moments, KeepFewNodes) {
    EXPECT_EQ(of_range(0, 1024).state().counts.size(), 3U);
    EXPECT_LE(of_range(1, 1023).state().counts.size(), 3U * 18);
}

TEST(Moments, RefuseWhatDoesNotFollow) {
    auto moments = of_range(0, 4);
    EXPECT_THROW(moments.append(of_range(5, 6)), std::invalid_argument);
    EXPECT_THROW(moments.append(Moments(2, 4)), std::invalid_argument);
    EXPECT_THROW(moments.add(std::vector<double>(2)), std::invalid_argument);
    EXPECT_THROW(Moments(1, ~std::uint64_t{0}), std::invalid_argument);
}

TEST(Moments, RefuseAStrangersState) {
    const auto good = of_range(3, 9).state();
    EXPECT_EQ(Moments::from(3, good).state(), good);
    const auto refuses = [&](auto spoil, std::size_t series = 3) {
        auto state = good;
        spoil(state);
        EXPECT_THROW((void)Moments::from(series, state), std::invalid_argument);
    };
    refuses([](auto&) {}, 2);
    refuses([](auto&) {}, ~std::size_t{0});
    refuses([](auto& state) { state.range = {}; });
    refuses([](auto& state) { state.range = {9, 3}; });
    refuses([](auto& state) { state.range = {-1, 9}; });
    refuses([](auto& state) { state.range[1] = std::numeric_limits<std::int64_t>::max(); });
    refuses([](auto& state) { state.range[1] = 11; });
    refuses([](auto& state) { state.values.pop_back(); });
    refuses([](auto& state) { state.counts.push_back(1); });
    refuses([](auto& state) { state.counts[0] = -1; });
    refuses([](auto& state) { state.counts[0] = 2; });
    refuses([](auto& state) { state.values[3] = -1; });
    refuses([](auto& state) { std::swap(state.values[state.values.size() - 6], state.values.back()); });
    refuses([](auto& state) { state.values.back() = nothing; });
}

}  // namespace
