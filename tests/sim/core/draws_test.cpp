// Draws must be right in distribution and unrelated across every coordinate that names them.
#include "sim/random/draws.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/sim/core/support.hpp"

namespace {

using namespace core_tests;
using sim::Draws;

constexpr std::uint64_t n = 100'000;
const double root_n = std::sqrt(static_cast<double>(n));
constexpr sim::Purpose chance = sim::purpose("chance");
constexpr sim::Purpose other_chance = sim::purpose("other chance");

static_assert(sim::distinct(std::array{chance, other_chance}));
static_assert(!sim::distinct(std::array{chance, other_chance, chance}));

std::vector<double> uniforms(Draws draws, std::size_t which) {
    std::vector<double> sample;
    for (std::uint64_t id = 0; id < n; ++id) sample.push_back(draws.at(chance, 0).uniforms(id)[which]);
    return sample;
}

std::vector<double> normals(Draws draws, std::size_t which) {
    std::vector<double> sample;
    for (std::uint64_t id = 0; id < n; ++id) sample.push_back(draws.at(chance, 0).normals(id)[which]);
    return sample;
}

TEST(Draws, UniformsCoverTheOpenInterval) {
    EXPECT_EQ(sim::open_uniform(std::uint64_t{0}), 0x1p-33);
    EXPECT_EQ(sim::open_uniform(std::uint64_t{0xffffffff}), 1 - 0x1p-33);
    EXPECT_EQ(sim::open_uniform(std::uint64_t{0x80000000}), 0.5 + 0x1p-33);
    EXPECT_EQ(sim::Stream(5, 6, chance, 7).uniforms(1)[0], sim::Stream(5, 6, chance, 7).uniforms(std::uint64_t{1})[0]);
}

TEST(Draws, UniformsAreUniform) {
    for (const std::size_t which : {0, 1, 2, 3}) {
        const auto sample = uniforms({2011, 0}, which);
        EXPECT_NEAR(mean(sample), 0.5, normal_bound * std::sqrt(1.0 / 12) / root_n);
        EXPECT_NEAR(moment(sample, 0.5, 2), 1.0 / 12, normal_bound * std::sqrt(1.0 / 180) / root_n);
        EXPECT_LT(kolmogorov_smirnov(sample, [](double u) { return u; }), kolmogorov_smirnov_bound);
    }
}

TEST(Draws, NormalsAreNormal) {
    for (const std::size_t which : {0, 1, 2, 3}) {
        const auto sample = normals({2011, 1}, which);
        // Standard errors from the moments of the normal: E z^2k = 1, 3, 15, 105.
        EXPECT_NEAR(mean(sample), 0, normal_bound / root_n);
        EXPECT_NEAR(moment(sample, 0, 2), 1, normal_bound * std::sqrt(3.0 - 1) / root_n);
        EXPECT_NEAR(moment(sample, 0, 3), 0, normal_bound * std::sqrt(15.0) / root_n);
        EXPECT_NEAR(moment(sample, 0, 4), 3, normal_bound * std::sqrt(105.0 - 9) / root_n);
        const auto distribution = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
        EXPECT_LT(kolmogorov_smirnov(sample, distribution), kolmogorov_smirnov_bound);
        const auto beyond = std::count_if(sample.begin(), sample.end(), [](double z) { return std::fabs(z) > 3; });
        const double expected = 2 * distribution(-3) * static_cast<double>(n);
        EXPECT_NEAR(static_cast<double>(beyond), expected, normal_bound * std::sqrt(expected));
    }
}

TEST(Draws, PairsOfUniformsFillTheSquare) {
    constexpr std::size_t cells = 16;
    const auto x = uniforms({3, 0}, 0), y = uniforms({3, 0}, 1);
    std::vector<double> observed(cells * cells), expected(cells * cells, static_cast<double>(n) / (cells * cells));
    for (std::size_t i = 0; i < n; ++i)
        ++observed[static_cast<std::size_t>(x[i] * cells) * cells + static_cast<std::size_t>(y[i] * cells)];
    EXPECT_LT(chi_square(observed, expected), chi_square_bound(cells * cells - 1));
}

// Neither the draws nor their squares may be related.
void expect_unrelated(auto&& first, auto&& second, const std::string& what) {
    std::vector<double> x, y, squared_x, squared_y;
    for (std::uint64_t id = 0; id < n; ++id) {
        x.push_back(first(id));
        y.push_back(second(id));
        squared_x.push_back(x.back() * x.back());
        squared_y.push_back(y.back() * y.back());
    }
    EXPECT_LT(std::fabs(correlation(x, y)), normal_bound / root_n) << what;
    EXPECT_LT(std::fabs(correlation(squared_x, squared_y)), normal_bound / root_n) << what;
}

TEST(Draws, CoordinatesAreUnrelated) {
    const Draws draws{77, 5};
    const auto base = [&](std::uint64_t id) { return draws.at(chance, 9).normals(id)[0]; };
    const auto at = [](Draws d, sim::Purpose purpose, sim::Step step, std::uint64_t next, std::uint32_t block,
                       std::size_t which) {
        return [=](std::uint64_t id) { return d.at(purpose, step).normals(id + next, block)[which]; };
    };
    expect_unrelated(base, at(draws, other_chance, 9, 0, 0, 0), "purposes");
    expect_unrelated(base, at(draws, chance, 10, 0, 0, 0), "steps");
    expect_unrelated(base, at(draws, chance, 9, 1, 0, 0), "neighbours");
    expect_unrelated(base, at(draws, chance, 9, 0, 1, 0), "blocks");
    expect_unrelated(base, at({77, 6}, chance, 9, 0, 0, 0), "replicates");
    expect_unrelated(base, at({78, 5}, chance, 9, 0, 0, 0), "seeds");
    expect_unrelated(base, at({77 + (std::uint64_t{1} << 32), 5}, chance, 9, 0, 0, 0), "high halves of seeds");
    for (const std::size_t which : {1, 2, 3})
        expect_unrelated(base, at(draws, chance, 9, 0, 0, which), "draws of a block");
}

// Along one entity's life rather than across entities: its steps and its replicates.
TEST(Draws, OneEntityMeetsFreshDrawsEachStep) {
    const auto life = [](std::uint64_t later) {
        return [=](std::uint64_t i) {
            const auto k = i + later;
            return Draws{8, static_cast<std::uint32_t>(k >> 12)}.at(chance, k & 0xfff).normals(42)[0];
        };
    };
    expect_unrelated(life(0), life(1), "successive steps");
    expect_unrelated(life(0), life(1 << 12), "successive replicates");
}

TEST(Draws, LayoutOfTheCounterIsAsDocumented) {
    constexpr std::uint64_t seed = 0xfedcba9876543210;
    const auto words = Draws{seed, 21}.at(sim::Purpose{0xabcd}, 0x1234).words(std::uint64_t{9}, 4);
    const sim::RandomBlock<std::uint64_t> counter = {9, 0xabcd1234, 21, 4};
    EXPECT_EQ(words, sim::philox4x32_10(counter, {0x76543210, 0xfedcba98}));
}

}  // namespace
