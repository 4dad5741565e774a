// Philox 4x32-10: a random block that is a function of its coordinates, never of a generator's past.
//
// J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The vector form holds
// each 32-bit value in a 64-bit lane, where x86 has the 32 x 32 -> 64 bit product the cipher is made of.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "sim/math/pack.hpp"

#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace sim {

// The 64-bit product of the low halves.
[[nodiscard]] inline std::uint64_t multiply_low_halves(std::uint64_t a, std::uint32_t b) {
    return (a & 0xffffffff) * b;
}
[[nodiscard]] inline WordPack multiply_low_halves(WordPack a, std::uint32_t b) {
#if defined(__AVX512F__)
    return WordPack(_mm512_mul_epu32(static_cast<__m512i>(a), _mm512_set1_epi64(b)));
#elif defined(__AVX2__)
    return WordPack(_mm256_mul_epu32(static_cast<__m256i>(a), _mm256_set1_epi64x(b)));
#elif defined(__SSE2__)
    return WordPack(_mm_mul_epu32(static_cast<__m128i>(a), _mm_set1_epi64x(b)));
#else
    return (a & 0xffffffff) * WordPack(b);
#endif
}

template <Word W>
using RandomBlock = std::array<W, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

// Only the low 32 bits of each word of the counter count; those of the result are the random ones, the rest is zero.
template <Word W>
[[nodiscard]] inline RandomBlock<W> philox4x32_10(RandomBlock<W> counter, PhiloxKey key) {
    auto [a, b, c, d] = counter;
    for (int round = 0; round < 10; ++round) {
        const W left = multiply_low_halves(a, 0xD2511F53);
        const W right = multiply_low_halves(c, 0xCD9E8D57);
        // The high halves of b and d are not cleared on the way: products do not see them.
        a = (right >> 32) ^ b ^ std::uint64_t{key[0]};
        b = right;
        c = (left >> 32) ^ d ^ std::uint64_t{key[1]};
        d = left;
        key[0] += 0x9E3779B9;
        key[1] += 0xBB67AE85;
    }
    constexpr std::uint64_t low_half = 0xffffffff;
    return {a & low_half, b & low_half, c & low_half, d & low_half};
}

// The same blocks as a UniformRandomBitGenerator, for the distributions of Boost.Random: the words of counters with
// last word 0, 1, 2, ...
class Philox {
public:
    using result_type = std::uint32_t;

    Philox(RandomBlock<std::uint64_t> counter, PhiloxKey key) : counter_(counter), key_(key) {}

    [[nodiscard]] static constexpr result_type min() { return 0; }
    [[nodiscard]] static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    result_type operator()() {
        if (used_ == block_.size()) {
            block_ = philox4x32_10(counter_, key_);
            ++counter_[3];
            used_ = 0;
        }
        return static_cast<result_type>(block_[used_++]);
    }

private:
    RandomBlock<std::uint64_t> counter_;
    PhiloxKey key_;
    RandomBlock<std::uint64_t> block_{};
    std::size_t used_ = 4;
};

}  // namespace sim
