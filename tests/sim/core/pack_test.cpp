// A pack must do to each lane what the scalar overload does to one number.
#include "sim/math/pack.hpp"

#include <cstdint>
#include <cstring>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/math/elementary.hpp"
#include "sim/random/philox.hpp"
#include "tests/sim/core/support.hpp"

namespace {

using namespace core_tests;
using sim::Pack;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::array special = {0.0, -0.0, 1.0, -2.5, 1e-310, infinity, -infinity, nan};

void expect_same(double scalar, Pack pack, std::size_t lane) {
    EXPECT_EQ(canonical_bits(scalar), canonical_bits(pack[lane]));
}

TEST(Pack, ChoosesAndComparesLaneByLane) {
    for (const double a : special)
        for (const double b : special) {
            const Pack x = pack_of([&](std::size_t lane) { return lane == 1 ? a : b; });
            const Pack y = pack_of([&](std::size_t lane) { return lane == 1 ? b : a; });
            for (const std::size_t lane : {0UL, 1UL}) {
                const double u = x[lane], v = y[lane];
                expect_same(sim::min(u, v), sim::min(x, y), lane);
                expect_same(sim::max(u, v), sim::max(x, y), lane);
                expect_same(sim::clamp(u, -1.0, 2.0), sim::clamp(x, -1.0, 2.0), lane);
                expect_same(sim::select(u < v, u, v), sim::select(x < y, x, y), lane);
                expect_same(sim::select(u < v, u, 3.0), sim::select(x < y, x, 3.0), lane);
                expect_same(sim::select(u < v, 3.0, v), sim::select(x < y, 3.0, y), lane);
                expect_same(sim::abs(u), sim::abs(x), lane);
                expect_same(sim::sqrt(u), sim::sqrt(x), lane);
            }
        }
}

TEST(Pack, HandValues) {
    EXPECT_EQ(sim::min(1.0, 2.0), 1.0);
    EXPECT_EQ(sim::max(1.0, 2.0), 2.0);
    EXPECT_EQ(sim::clamp(5.0, 0.0, 2.0), 2.0);
    EXPECT_EQ(sim::clamp(-5.0, 0.0, 2.0), 0.0);
    EXPECT_TRUE(std::isnan(sim::clamp(nan, 0.0, 2.0)));
    EXPECT_EQ(bits(sim::abs(-0.0)), bits(0.0));
    EXPECT_EQ(sim::sqrt(9.0), 3.0);
    EXPECT_EQ(sim::select(true, 1.0, 2.0), 1.0);
    EXPECT_TRUE(sim::any_of(pack_of([](std::size_t lane) { return lane == 1 ? 1 : 0; }) > 0.5));
    EXPECT_FALSE(sim::any_of(Pack(0.0) > 0.5));
}

TEST(Pack, ComputesLaneByLane) {
    for (std::size_t first = 0; first < special.size(); ++first)
        for (std::size_t second = 0; second < special.size(); ++second) {
            const auto number = [](std::size_t from, auto lane) { return special[(from + lane) % special.size()]; };
            const Pack x = pack_of([&](std::size_t lane) { return number(first, lane); });
            const Pack y = pack_of([&](std::size_t lane) { return number(second, lane); });
            for (std::size_t lane = 0; lane < Pack::size(); ++lane) {
                const double u = number(first, lane), v = number(second, lane);
                expect_same(u, x, lane);
                expect_same(-u, -x, lane);
                expect_same(u + v, x + y, lane);
                expect_same(u - v, x - y, lane);
                expect_same(u * v, x * y, lane);
                expect_same(u / v, x / y, lane);
                EXPECT_EQ(u == v, (x == y)[lane]);
                EXPECT_EQ(u != v, (x != y)[lane]);
                EXPECT_EQ(u < v, (x < y)[lane]);
                EXPECT_EQ(u <= v, (x <= y)[lane]);
                EXPECT_EQ(u > v, (x > y)[lane]);
                EXPECT_EQ(u >= v, (x >= y)[lane]);
                EXPECT_EQ(u < v && u > 0.0, (x < y && x > 0.0)[lane]);
                EXPECT_EQ(u < v || u > 0.0, (x < y || x > 0.0)[lane]);
                EXPECT_EQ(!(u < v), (!(x < y))[lane]);
            }
        }
}

TEST(Pack, ChangesInPlace) {
    Pack x = 6.0;
    x += 2.0;
    x *= 3.0;
    x -= 4.0;
    x /= 8.0;
    EXPECT_TRUE(all_of(x == 2.5));
    x.set(1, -1.0);
    for (std::size_t lane = 0; lane < Pack::size(); ++lane) EXPECT_EQ(x[lane], lane == 1 ? -1.0 : 2.5);
}

TEST(Pack, AsksAboutEveryLane) {
    EXPECT_TRUE(any_of(sim::Mask(true)) && all_of(sim::Mask(true)));
    EXPECT_FALSE(any_of(sim::Mask(false)) || all_of(sim::Mask(false)));
    for (std::size_t odd = 0; odd < Pack::size(); ++odd) {
        const Pack one = pack_of([&](std::size_t lane) { return lane == odd ? 1 : 0; });
        EXPECT_TRUE(any_of(one == 1.0));
        EXPECT_FALSE(all_of(one == 1.0));
        EXPECT_FALSE(all_of(one == 0.0));
    }
}

TEST(Pack, WordsComputeLaneByLane) {
    EXPECT_TRUE(rc::check("words", [] {
        const auto a = *rc::gen::arbitrary<std::uint64_t>(), b = *rc::gen::arbitrary<std::uint64_t>();
        const auto c = *rc::gen::arbitrary<std::uint32_t>();
        const int shift = *rc::gen::inRange(0, 64);
        const auto x = words_from(a), y = words_from(b);
        for (std::size_t lane = 0; lane < Pack::size(); ++lane) {
            const auto u = a + lane, v = b + lane;
            RC_ASSERT((x + y)[lane] == u + v);
            RC_ASSERT((x - y)[lane] == u - v);
            RC_ASSERT((x * y)[lane] == u * v);
            RC_ASSERT((x & y)[lane] == (u & v));
            RC_ASSERT((x | y)[lane] == (u | v));
            RC_ASSERT((x ^ y)[lane] == (u ^ v));
            RC_ASSERT((x << shift)[lane] == u << shift);
            RC_ASSERT((x >> shift)[lane] == u >> shift);
            RC_ASSERT((x < y)[lane] == (u < v));
            RC_ASSERT((x == y)[lane] == (u == v));
            RC_ASSERT(sim::multiply_low_halves(x, c)[lane] == sim::multiply_low_halves(u, c));
        }
    }));
}

// Wherever they begin; what lies beside stays as it is.
template <class U>
void expect_loads_and_stores(const std::vector<U>& values) {
    for (std::size_t first = 0; first + Pack::size() <= values.size(); ++first) {
        const Pack loaded = Pack::load(&values[first]);
        std::array<U, sim::max_lanes + 2> stored{};
        loaded.store(&stored[1]);
        for (std::size_t lane = 0; lane < Pack::size(); ++lane) {
            ASSERT_EQ(bits(loaded[lane]), bits(static_cast<double>(values[first + lane])));
            ASSERT_EQ(std::memcmp(&stored[1 + lane], &values[first + lane], sizeof(U)), 0);
        }
        ASSERT_TRUE(stored[0] == 0 && stored[1 + Pack::size()] == 0);
    }
}

TEST(Pack, LoadsAndStoresWhatMemoryHolds) {
    std::vector<std::uint8_t> bytes(256);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
    expect_loads_and_stores(bytes);
    std::vector<std::uint16_t> counts(65536);
    std::iota(counts.begin(), counts.end(), std::uint16_t{0});
    expect_loads_and_stores(counts);
    expect_loads_and_stores(std::vector<double>{0.0, -0.0, 0.1, 1e-310, infinity, -infinity, 1e300, -7.0, 3.0});
    expect_loads_and_stores(std::vector<float>{0.0F, -0.0F, 0.1F, 1e-40F, 3e38F, -7.0F,
                                               std::numeric_limits<float>::infinity(), -1.0F, 16777217.0F});
}

TEST(Pack, FloatsAreRoundedAsANumberIs) {
    for (const double x : {0.1, 1.0 + 0x1p-24, 1.0 + 0x1.8p-23, -1e-42, 1e39, -infinity}) {
        std::array<float, sim::max_lanes> stored{};
        Pack(x).store(stored.data());
        for (std::size_t lane = 0; lane < Pack::size(); ++lane) EXPECT_EQ(stored[lane], static_cast<float>(x));
    }
}

TEST(Pack, WholeNumbersConvertExactly) {
    constexpr std::uint64_t greatest = (std::uint64_t{1} << 52) - 1;
    for (const std::uint64_t whole : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{0xffffffff}, greatest}) {
        EXPECT_EQ(sim::to_number(whole), static_cast<double>(whole));
        EXPECT_EQ(sim::to_word(static_cast<double>(whole)), whole);
    }
    EXPECT_TRUE(rc::check("to_word undoes to_number in every lane", [] {
        const auto whole = *rc::gen::inRange<std::uint64_t>(0, greatest - sim::max_lanes);
        const auto words = words_from(whole);
        const Pack numbers = sim::to_number(words);
        for (std::size_t lane = 0; lane < Pack::size(); ++lane)
            RC_ASSERT(numbers[lane] == static_cast<double>(whole + lane));
        RC_ASSERT(all_of(sim::to_word(numbers) == words));
    }));
}

// A number may stand for a pack, and no namesake of another library is better.
TEST(Pack, UnqualifiedCallsMeanOurs) {
    using sim::exp, sim::log, sim::pow, sim::min, sim::max, sim::sqrt;
    const Pack x = pack_of([](std::size_t lane) { return 0.1 + 0.7 * static_cast<double>(lane); });
    EXPECT_TRUE(all_of(exp(x) == sim::exp(x)));
    EXPECT_TRUE(all_of(log(x) == sim::log(x)));
    EXPECT_TRUE(all_of(pow(x, 0.3) == sim::pow(x, Pack(0.3))));
    EXPECT_TRUE(all_of(pow(x, x) == sim::pow(x, x)));
    EXPECT_TRUE(all_of(min(x, 0.5) <= 0.5));
    EXPECT_TRUE(all_of(max(x, 0.5) >= 0.5));
    static_assert(std::same_as<decltype(sqrt(x)), Pack>);
}

}  // namespace
