// Quantiles: numpy's values where all are kept, the promised error where they are not, and one state for every order.
#include "sim/statistics/quantiles.hpp"

#include <bit>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/math/canonical.hpp"
#include "tests/sim/core/support.hpp"

namespace {

using namespace core_tests;
using sim::quantile_of_sorted;
using sim::Quantiles;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr std::size_t no_limit = 1 << 30;

Quantiles of(const std::vector<double>& values, Quantiles::Precision precision = {.bits = 7, .most = no_limit}) {
    Quantiles quantiles(1, precision);
    for (const double value : values) quantiles.add(std::array{value});
    return quantiles;
}

// Any sign and size, zeros, denormals and gaps among them.
rc::Gen<std::vector<double>> some_values() {
    return rc::gen::container<std::vector<double>>(rc::gen::map(
        rc::gen::tuple(rc::gen::inRange(-1000, 1000), rc::gen::inRange(-1073, 1000), rc::gen::inRange(0, 10)),
        [](const auto& drawn) {
            const auto [mantissa, exponent, kind] = drawn;
            if (kind == 0) return nothing;
            if (kind == 1) return mantissa < 0 ? -0.0 : 0.0;
            return std::ldexp(mantissa, kind < 6 ? 0 : exponent);
        }));
}

// numpy.quantile([1, 2, 4, 8.5, 0.1], p) of numpy 2.4
TEST(QuantileOfSorted, AsNumpy) {
    const std::vector<double> sorted{0.1, 1, 2, 4, 8.5};
    EXPECT_EQ(quantile_of_sorted(sorted, 0), 0.1);
    EXPECT_EQ(quantile_of_sorted(sorted, 0.05), 0.28);
    EXPECT_EQ(quantile_of_sorted(sorted, 0.5), 2);
    EXPECT_EQ(quantile_of_sorted(sorted, 0.9), 6.7);
    EXPECT_EQ(quantile_of_sorted(sorted, 1), 8.5);
    EXPECT_TRUE(std::isnan(quantile_of_sorted({}, 0.5)));
}

// Between a finite and an infinite value there is none, and what is missing has one pattern of bits: x86 and ARM make
// NaNs of different signs of inf - inf.
TEST(QuantileOfSorted, KnowsOneNaN) {
    const std::vector<double> sorted{1, infinity};
    for (const double p : {0.25, 0.5, 0.75}) {
        const double value = quantile_of_sorted(sorted, p);
        EXPECT_TRUE(!std::isnan(value) || std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(nothing))
            << p;
    }
    EXPECT_TRUE(std::isnan(quantile_of_sorted(sorted, 0.75)));
    for (const auto bits : std::array<std::uint64_t, 3>{0xfff8000000000000, 0x7ff8000000000123, 0xfff0000000000001})
        EXPECT_EQ(std::bit_cast<std::uint64_t>(sim::canonical(std::bit_cast<double>(bits))),
                  std::bit_cast<std::uint64_t>(nothing));
    EXPECT_EQ(sim::canonical(-0.0), 0.0);
    EXPECT_EQ(sim::canonical(-infinity), -infinity);
}

TEST(Quantiles, AreExactWhileFewValuesAreKept) {
    EXPECT_TRUE(rc::check("the quantiles of the sorted values", [] {
        auto values = *some_values();
        const auto kept = of(values, {.bits = 3, .most = no_limit, .exact = values.size()});
        std::erase_if(values, [](double x) { return std::isnan(x); });
        std::sort(values.begin(), values.end());
        RC_ASSERT(kept.count(0) == static_cast<std::int64_t>(values.size()));
        for (const double p : {0.0, 0.05, 0.3, 0.5, 0.77, 1.0})
            RC_ASSERT(canonical_bits(kept.quantile(0, p) + 0.0) == canonical_bits(quantile_of_sorted(values, p) + 0.0));
    }));
}

TEST(Quantiles, AreWithinTheirBucket) {
    EXPECT_TRUE(rc::check("each order statistic to within 2^(level - bits) of itself", [] {
        auto values = *some_values();
        const int bits = *rc::gen::inRange(1, Quantiles::max_bits + 1);
        const auto most = *rc::gen::element<std::size_t>(8, 40, no_limit);
        const auto counted = of(values, {bits, most});
        std::erase_if(values, [](double x) { return std::isnan(x); });
        std::sort(values.begin(), values.end());
        if (most == no_limit) RC_ASSERT(counted.level(0) == 0);
        const int digits = bits - counted.level(0);
        for (std::size_t rank = 0; digits >= 0 && rank < values.size(); ++rank) {
            const double p =
                values.size() == 1 ? 0.5 : static_cast<double>(rank) / static_cast<double>(values.size() - 1);
            // p (n - 1) may miss the rank by a rounding, and so reach for a neighbour.
            if (p * static_cast<double>(values.size() - 1) != static_cast<double>(rank)) continue;
            const double bound = std::ldexp(std::fabs(values[rank]), -digits) + std::ldexp(1, -1022 - digits);
            RC_ASSERT(std::fabs(counted.quantile(0, p) - values[rank]) <= bound);
        }
        if (!values.empty()) RC_ASSERT(counted.quantile(0, 1) == values.back() && counted.quantile(0, 0) == values[0]);
    }));
}

// Sixteen buckets an octave. 1 to 2 fills one of them sixteen times over; up to 4, 16 and 256 there are twice, four and
// eight times as many buckets as may be.
TEST(Quantiles, HalveTheirResolutionAsOftenAsTheValuesAsk) {
    const auto level = [](double greatest) {
        std::vector<double> values;
        for (double x = 1; x < greatest; x *= 1.01) values.push_back(x);
        return of(values, {.bits = 4, .most = 16}).level(0);
    };
    EXPECT_EQ(level(2), 0);
    EXPECT_EQ(level(4), 1);
    EXPECT_EQ(level(16), 2);
    EXPECT_EQ(level(256), 3);
    EXPECT_EQ(level(65536), 4);
    std::vector<double> every;  // magnitude, in the end nothing but signs are reported apart
    for (int exponent = -1074; exponent < 1024; ++exponent)
        for (const double sign : {-1, 1}) every.push_back(std::ldexp(sign, exponent));
    const auto signs = of(every, {.bits = 1, .most = 2});
    EXPECT_EQ(signs.level(0), 12);  // 2047 exponents of two buckets
    EXPECT_EQ(signs.quantile(0, 1), std::ldexp(1, 1023));
    EXPECT_LT(signs.quantile(0, 0.25), 0);
    EXPECT_GT(signs.quantile(0, 0.75), 0);
    every.push_back(infinity);
    EXPECT_EQ(of(every, {.bits = 1, .most = 2}).quantile(0, 1), infinity);
}

TEST(Quantiles, NeverTakeMoreBucketsThanGranted) {
    EXPECT_TRUE(rc::check("however many values there are", [] {
        const auto values = *some_values();
        const auto most = *rc::gen::inRange<std::size_t>(2, 20);
        const auto state = of(values, {7, most}).state();
        RC_ASSERT(state.keys.size() <= most);
        std::int64_t counted = 0;
        for (const auto count : state.counts) counted += count;
        RC_ASSERT(counted == std::count_if(values.begin(), values.end(), [](double x) { return !std::isnan(x); }));
    }));
}

TEST(Quantiles, SpreadEvenlyWithinABucket) {
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) values.push_back(1 + (i + 0.5) / 1000);
    const auto counted = of(values, {1, no_limit});  // [1, 1.5) and [1.5, 2)
    for (const double p : {0.1, 0.25, 0.4, 0.6, 0.9})
        EXPECT_NEAR(counted.quantile(0, p), quantile_of_sorted(values, p), 1e-3);
}

TEST(Quantiles, AreAFunctionOfTheValuesAlone) {
    EXPECT_TRUE(rc::check("any order, any parts, by way of files", [] {
        const auto values = *some_values();
        const auto exact = *rc::gen::inRange<std::size_t>(0, 30);
        const auto copies = *rc::gen::inRange<std::size_t>(1, 5);  // more rows than wait at a time
        const auto most = *rc::gen::element<std::size_t>(2, 3, 10, 50, no_limit);
        const Quantiles::Precision precision{5, most, exact};
        Quantiles whole(2, precision), a(2, precision), b(2, precision);
        std::vector<double> all;
        for (std::size_t copy = 0; copy < copies; ++copy) all.insert(all.end(), values.begin(), values.end());
        for (const double value : all) whole.add(std::array{value, -value});
        std::reverse(all.begin(), all.end());
        for (const double value : all) (*rc::gen::element(0, 1) == 0 ? a : b).add(std::array{value, -value});
        auto ab = a, ba = Quantiles::from(2, precision, b.state());
        ab.merge(b);
        ba.merge(a);
        const auto same = [&](const Quantiles& other) {  // NaN of nothing is not equal to itself
            const auto x = whole.state(), y = other.state();
            return x.value_offsets == y.value_offsets && x.values == y.values && x.keys == y.keys &&
                   x.counts == y.counts && x.levels == y.levels && x.bucket_offsets == y.bucket_offsets &&
                   canonical_bits(x.minimum[0]) == canonical_bits(y.minimum[0]) &&
                   canonical_bits(x.maximum[1]) == canonical_bits(y.maximum[1]);
        };
        RC_ASSERT(same(ab) && same(ba) && same(Quantiles::from(2, precision, whole.state())));
        RC_ASSERT(whole.count(0) == ab.count(0));
    }));
}

TEST(Quantiles, ManySeriesAreEachTheirOwn) {
    constexpr std::size_t series = 21;  // no multiple of a register
    Quantiles together(series, {7, no_limit});
    std::vector<std::vector<double>> values(series);
    for (int i = 0; i < 200; ++i) {
        std::vector<double> row;
        for (std::size_t s = 0; s < series; ++s) {
            row.push_back((i * 37 % 200 + 1) * std::pow(3, s) * (s % 2 == 0 ? 1 : -1));
            values[s].push_back(row.back());
        }
        together.add(row);
    }
    for (std::size_t s = 0; s < series; ++s)
        for (const double p : {0.0, 0.1, 0.5, 0.9}) EXPECT_EQ(together.quantile(s, p), of(values[s]).quantile(0, p));
}

TEST(Quantiles, NothingAndEverything) {
    EXPECT_TRUE(std::isnan(of({nothing}).quantile(0, 0.5)));
    EXPECT_EQ(of({nothing}).count(0), 0);
    const auto wide = of({-infinity, -1, 0, 1, infinity});
    EXPECT_EQ(wide.quantile(0, 0), -infinity);
    EXPECT_NEAR(wide.quantile(0, 0.25), -1, 0.01);
    EXPECT_EQ(wide.quantile(0, 1), infinity);
    const double most = std::numeric_limits<double>::max();
    EXPECT_NEAR(of({most, most, most}).quantile(0, 0.5) / most, 1, 0);
}

TEST(Quantiles, RefuseWhatDoesNotFit) {
    EXPECT_THROW(Quantiles(1, {0, 10}), std::invalid_argument);
    EXPECT_THROW(Quantiles(1, {21, 10}), std::invalid_argument);
    EXPECT_THROW(Quantiles(1, {7, 1}), std::invalid_argument);
    auto quantiles = of({1, 2});
    EXPECT_THROW(quantiles.add(std::vector<double>(2)), std::invalid_argument);
    EXPECT_THROW(quantiles.merge(of({1}, {8, no_limit})), std::invalid_argument);
    EXPECT_THROW(quantiles.merge(of({1}, {7, no_limit, 1})), std::invalid_argument);
    EXPECT_THROW(quantiles.merge(of({1}, {7, 10})), std::invalid_argument);
    EXPECT_THROW((void)quantiles.quantile(0, 1.1), std::invalid_argument);
    EXPECT_THROW((void)quantiles.quantile(0, nothing), std::invalid_argument);
    auto state = of({1, 1}).state();
    state.counts[0] = std::numeric_limits<std::int32_t>::max();
    auto full = Quantiles::from(1, {7, no_limit}, state);
    EXPECT_THROW(full.merge(of({1})), std::overflow_error);
}

TEST(Quantiles, RefuseAStrangersState) {
    const auto refuses = [](Quantiles::State state, std::size_t exact, auto spoil) {
        const Quantiles::Precision precision{7, 4, exact};
        EXPECT_NO_THROW((void)Quantiles::from(1, precision, state));
        spoil(state);
        EXPECT_THROW((void)Quantiles::from(1, precision, state), std::invalid_argument);
    };
    const auto buckets = of({-1, 2, 3}).state();
    refuses(buckets, 0, [](auto& s) { s.counts[1] = 0; });
    refuses(buckets, 0, [](auto& s) { s.counts[1] = -1; });
    refuses(buckets, 0, [](auto& s) { s.levels[0] = 1; });
    refuses(buckets, 0, [](auto& s) { s.levels[0] = -1; });
    refuses(buckets, 0, [](auto& s) { s.levels.clear(); });
    refuses(buckets, 0, [](auto& s) { s.counts.pop_back(); });
    refuses(buckets, 0, [](auto& s) { std::swap(s.keys[0], s.keys[1]); });
    refuses(buckets, 0, [](auto& s) { s.keys[1] = s.keys[0]; });
    refuses(buckets, 0, [](auto& s) { s.keys[2] = std::numeric_limits<std::int32_t>::max(); });
    refuses(buckets, 0, [](auto& s) { s.maximum[0] = 1; });
    refuses(buckets, 0, [](auto& s) { s.minimum[0] = nothing; });
    refuses(buckets, 0, [](auto& s) { s.minimum.clear(); });
    refuses(buckets, 0, [](auto& s) { s.bucket_offsets.clear(); });
    refuses(buckets, 0, [](auto& s) { s.bucket_offsets = {0, 4}; });
    refuses(buckets, 0, [](auto& s) { s.bucket_offsets = {-1, 3}; });
    refuses(buckets, 0, [](auto& s) { s.bucket_offsets = {0, -1}; });
    EXPECT_THROW((void)Quantiles::from(1, {7, 4, 3}, buckets), std::invalid_argument) << "three values would be kept";
    EXPECT_THROW((void)Quantiles::from(1, {7, 2}, buckets), std::invalid_argument) << "three buckets are too many";
    const auto coarse = of({1, 2, 4, 8, 16}, {7, 4}).state();
    refuses(coarse, 0, [](auto& s) { s.levels[0] = 40; });
    refuses(coarse, 0, [](auto& s) { s.keys[0] = 0; });
    const auto values = of({3, 1, 2}, {7, no_limit, 5}).state();
    refuses(values, 5, [](auto& s) { std::swap(s.values[0], s.values[1]); });
    refuses(values, 5, [](auto& s) { s.values[1] = nothing; });
    refuses(values, 5, [](auto& s) { s.minimum[0] = 0; });
    EXPECT_THROW((void)Quantiles::from(1, {7, no_limit, 2}, values), std::invalid_argument);
}

}  // namespace
