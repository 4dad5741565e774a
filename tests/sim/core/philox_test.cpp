// Philox against the published answers, against Random123 itself, and as a generator for Boost.Random.
#include <random>

#include <Random123/philox.h>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/random/draws.hpp"
#include "tests/sim/core/support.hpp"

namespace {

using namespace core_tests;
using Block = sim::RandomBlock<std::uint64_t>;

static_assert(std::uniform_random_bit_generator<sim::Philox>);

// kat_vectors of Random123: zeros, ones, digits of pi.
TEST(Philox, KnownAnswers) {
    EXPECT_EQ(sim::philox4x32_10(Block{0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    constexpr std::uint32_t ones = 0xffffffff;
    EXPECT_EQ(sim::philox4x32_10(Block{ones, ones, ones, ones}, {ones, ones}),
              (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(sim::philox4x32_10(Block{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, AgreesWithRandom123) {
    EXPECT_TRUE(rc::check("scalar and every lane equal Random123", [] {
        const auto c = *rc::gen::arbitrary<std::array<std::uint32_t, 4>>();
        const auto k = *rc::gen::arbitrary<std::array<std::uint32_t, 2>>();
        const sim::RandomBlock<sim::WordPack> counters = {words_from(c[0]), c[1], c[2], c[3]};
        const auto packed = sim::philox4x32_10(counters, k);
        for (std::uint32_t lane = 0; lane < sim::Pack::size(); ++lane) {
            const r123::Philox4x32::ctr_type counter = {{c[0] + lane, c[1], c[2], c[3]}};
            const r123::Philox4x32::key_type key = {{k[0], k[1]}};
            const auto expected = r123::Philox4x32()(counter, key);
            const auto scalar = sim::philox4x32_10(Block{c[0] + lane, c[1], c[2], c[3]}, k);
            for (std::size_t word = 0; word < 4; ++word) {
                RC_ASSERT(scalar[word] == expected[word]);
                RC_ASSERT(packed[word][lane] == expected[word]);
            }
        }
    }));
}

TEST(Philox, EngineWalksTheBlocksOfItsCoordinates) {
    const sim::Stream stream = sim::Draws{123456789012345, 17}.at(sim::purpose("engine"), 5);
    auto engine = stream.engine(99);
    for (std::uint32_t block = 0; block < 5; ++block)
        for (const auto word : stream.words(std::uint64_t{99}, block)) EXPECT_EQ(engine(), word);
}

TEST(Philox, DrivesTheDistributionsOfBoost) {
    constexpr int n = 200'000;
    auto engine = sim::Draws{1, 0}.at(sim::purpose("boost"), 0).engine(0);
    std::vector<double> normals, gammas;
    boost::random::normal_distribution normal(2.0, 3.0);
    boost::random::gamma_distribution gamma(4.0, 0.5);  // mean 2, variance 1
    for (int i = 0; i < n; ++i) normals.push_back(normal(engine));
    for (int i = 0; i < n; ++i) gammas.push_back(gamma(engine));
    const double root = std::sqrt(static_cast<double>(n));
    EXPECT_NEAR(mean(normals), 2.0, normal_bound * 3.0 / root);
    EXPECT_NEAR(moment(normals, 2.0, 2), 9.0, normal_bound * 9.0 * std::sqrt(2.0) / root);
    EXPECT_NEAR(mean(gammas), 2.0, normal_bound * 1.0 / root);
    // The variance of a squared deviation of a gamma with shape 4 and variance 1 is kurtosis - 1 = 3 + 6/4 - 1.
    EXPECT_NEAR(moment(gammas, 2.0, 2), 1.0, normal_bound * std::sqrt(3.5) / root);
}

}  // namespace
