// A pack must do to each lane what the scalar overload does to one number.
#include "sim/math/pack.hpp"

#include <cstdint>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/math/elementary.hpp"
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

// An unqualified call with a pack must not fall into std::experimental's functions, which have other bits.
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
