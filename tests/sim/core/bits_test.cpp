// The contract of reproducibility: each function gives the same bits by number and by pack, and the same bits in every
// build. The recorded hashes hold for -O0 to -O3, SSE2, AVX2 and AVX-512; a build that misses them computes other
// results than everything else.
#include <cstdint>

#include <gtest/gtest.h>

#include "sim/math/sum.hpp"
#include "sim/random/draws.hpp"
#include "tests/sim/core/support.hpp"

namespace {

using namespace core_tests;
using sim::Pack;
using sim::WordPack;

constexpr std::uint64_t count = 65'536;
const sim::Stream stream = sim::Draws{0x0123456789abcdef, 7}.at(sim::purpose("bits"), 11);

// f(id) is a number, of a word or of a pack of words. Expects one hash of both, and that it is the recorded one.
void expect_bits(auto&& f, std::uint64_t recorded) {
    Hash by_number, by_pack;
    for (std::uint64_t id = 0; id < count; ++id) by_number.add(f(id));
    for (std::uint64_t id = 0; id < count; id += Pack::size()) {
        const Pack values = f(words_from(id));
        for (std::size_t lane = 0; lane < Pack::size(); ++lane) by_pack.add(values[lane]);
    }
    EXPECT_EQ(by_pack.value(), by_number.value()) << "a pack differs from its numbers";
    EXPECT_EQ(by_number.value(), recorded) << std::hex << "0x" << by_number.value();
}

// Arguments over every exponent and sign, NaN and infinities among them.
template <sim::Word W>
sim::NumberOf<W> anything(W id) {
    const auto [high, low, unused, also_unused] = stream.words(id);
    return sim::from_bits((high << 32) | low);
}

template <sim::Word W>
sim::NumberOf<W> within(W id, double low, double high, std::size_t which = 0) {
    return stream.uniforms(id)[which] * (high - low) + low;
}

TEST(Bits, Words) {
    expect_bits([](auto id) { return sim::to_number(stream.words(id, 3)[2]); }, 0x179ab7fef2a82724);
}
TEST(Bits, Uniforms) {
    expect_bits([](auto id) { return stream.uniforms(id)[1]; }, 0xe75763e8c9c1aea6);
}
TEST(Bits, Normals) {
    for (const std::size_t which : {0, 1, 2, 3}) {
        constexpr std::array<std::uint64_t, 4> recorded = {0xd8be7a459f7fada3, 0x2954ed822ea17878, 0xea04effee8fcf1de,
                                                           0xfbb839e3966d0677};
        expect_bits([&](auto id) { return stream.normals(id)[which]; }, recorded[which]);
    }
}
TEST(Bits, Exp) {
    expect_bits([](auto id) { return sim::exp(within(id, -760, 720)); }, 0xd9881b0d1e0dda5a);
    expect_bits([](auto id) { return sim::exp(within(id, -2, 2)); }, 0xecb5df07354760a7);
    expect_bits([](auto id) { return sim::exp(anything(id)); }, 0x540def78668787bf);
}
TEST(Bits, Log) {
    expect_bits([](auto id) { return sim::log(within(id, 0, 4)); }, 0x8b91b4f475bf7af5);
    expect_bits([](auto id) { return sim::log(anything(id)); }, 0x9dcee8922928f79f);
}
TEST(Bits, Pow) {
    expect_bits([](auto id) { return sim::pow(within(id, 0, 9), within(id, -3, 3, 1)); }, 0xb124b3f28d33fa7d);
    expect_bits([](auto id) { return sim::pow(anything(id), within(id, -3, 3)); }, 0x3ecab76fb6cc6843);
}
TEST(Bits, SinCosTurns) {
    expect_bits([](auto id) { return sim::sin_cos_turns(within(id, -9, 9)).first; }, 0x45c1b21c523939fb);
    expect_bits([](auto id) { return sim::sin_cos_turns(within(id, -9, 9)).second; }, 0x912c1155f4238c93);
}
TEST(Bits, Distributions) {
    expect_bits([](auto id) { return sim::exponential_from(stream.uniforms(id)[0]); }, 0xdbb2e7207261d0d5);
    expect_bits([](auto id) { return sim::gumbel(stream.uniforms(id)[0]); }, 0x69783515e83a04bc);
    expect_bits([](auto id) { return sim::poisson_from(stream.uniforms(id)[0], within(id, -1, 30, 1)); },
                0xcb423984a26fb256);
}
// Of numbers whose sum shows the order: the last pack is not a whole one.
TEST(Bits, Sums) {
    constexpr sim::Range rows{0, 10'003};
    const auto term = [](auto id) { return stream.normals(id)[0] * sim::exp(within(id, -20, 20, 1)); };
    sim::LaneSum by_number(rows.end), by_pack(rows.end);
    sim::for_each_row(rows, [&](sim::Index row) { by_number.add(row, term(static_cast<std::uint64_t>(row))); });
    sim::for_each_lanes(rows,
                        [&](sim::Lanes at) { by_pack.add(at, term(words_from(static_cast<std::uint64_t>(at.row)))); });
    const auto [at_once, twice] = sim::sums_over(rows, [&](sim::Lanes at) {
        const Pack x = term(words_from(static_cast<std::uint64_t>(at.row)));
        return std::array{x, x + x};
    });
    EXPECT_EQ(bits(at_once), bits(by_number.total()));
    EXPECT_EQ(twice, 2 * at_once);  // doubling is exact
    EXPECT_EQ(bits(by_pack.total()), bits(by_number.total()));
    EXPECT_EQ(bits(by_number.total()), 0x42404a11427b446c) << std::hex << "0x" << bits(by_number.total());
}

}  // namespace
