// Philox 4x32-10: a random block that is a function of its coordinates, never of a generator's past.
//
// J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The vector form holds
// each 32-bit value in a 64-bit lane, where x86 has the 32 x 32 -> 64 bit product the cipher is made of.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "sim/math/pack.hpp"

namespace sim {

// The 64-bit product of the low halves.
[[nodiscard]] inline std::uint64_t multiply_low_halves(std::uint64_t a, std::uint32_t b) {
    return (a & 0xffffffff) * b;
}
[[nodiscard]] inline WordPack multiply_low_halves(WordPack a, std::uint32_t b) {
    return WordPack(registers::multiply_low_halves(a.lanes(), b));
}

template <Word W>
using RandomBlock = std::array<W, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

// The keys of the ten rounds. Read from memory they reach all lanes at no cost to the units that multiply and shift.
struct PhiloxKeys {
    std::array<std::uint64_t, 10> left{}, right{};

    constexpr explicit PhiloxKeys(PhiloxKey key) {
        for (std::size_t round = 0; round < left.size(); ++round) {
            left[round] = key[0];
            right[round] = key[1];
            key[0] += 0x9E3779B9;
            key[1] += 0xBB67AE85;
        }
    }
};

// Only the low 32 bits of each word of the counter count; those of the result are the random ones, the rest is zero.
template <Word W>
[[nodiscard]] inline RandomBlock<W> philox4x32_10(RandomBlock<W> counter, const PhiloxKeys& keys) {
    auto [a, b, c, d] = counter;
    for (std::size_t round = 0; round < keys.left.size(); ++round) {
        const W left = multiply_low_halves(a, 0xD2511F53);
        const W right = multiply_low_halves(c, 0xCD9E8D57);
        // The high halves of b and d are not cleared on the way: products do not see them.
        a = (right >> 32) ^ b ^ keys.left[round];
        b = right;
        c = (left >> 32) ^ d ^ keys.right[round];
        d = left;
    }
    constexpr std::uint64_t low_half = 0xffffffff;
    return {a & low_half, b & low_half, c & low_half, d & low_half};
}
template <Word W>
[[nodiscard]] inline RandomBlock<W> philox4x32_10(RandomBlock<W> counter, PhiloxKey key) {
    return philox4x32_10(counter, PhiloxKeys(key));
}

// The same blocks as a UniformRandomBitGenerator, for the distributions of Boost.Random: the words of counters with
// last word 0, 1, 2, ...
class Philox {
public:
    using result_type = std::uint32_t;

    Philox(RandomBlock<std::uint64_t> counter, const PhiloxKeys& keys) : counter_(counter), keys_(keys) {}

    [[nodiscard]] static constexpr result_type min() { return 0; }
    [[nodiscard]] static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    result_type operator()() {
        if (used_ == block_.size()) {
            block_ = philox4x32_10(counter_, keys_);
            ++counter_[3];
            used_ = 0;
        }
        return static_cast<result_type>(block_[used_++]);
    }

private:
    RandomBlock<std::uint64_t> counter_;
    PhiloxKeys keys_;
    RandomBlock<std::uint64_t> block_{};
    std::size_t used_ = 4;
};

}  // namespace sim
