// One text for one number and for a vector register of them.
//
// Equations are templates over Number: `double` in tests and set-up, `Pack` in loops over columns. Everything here
// gives the same bits for both, lane by lane, whatever the width of the register.
#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "sim/describe/bit_cast.hpp"
#include "sim/math/basic_pack.hpp"

#ifdef __FAST_MATH__
#error "-ffast-math folds away the rounding tricks of sim/math and gives other results, silently: build without it"
#endif

namespace sim {

// As many doubles as a register of the target holds: 2 on SSE2, 4 on AVX2, 8 on AVX-512.
using Pack = BasicPack<double>;
// The same lanes seen as 64-bit words: bit patterns, whole numbers, random words.
using WordPack = BasicPack<std::uint64_t>;

// Columns are padded to, and sums are taken in, this many lanes: the widest register of any target.
inline constexpr std::size_t max_lanes = 8;
static_assert(max_lanes % Pack::size() == 0);

template <class T>
concept Number = std::same_as<T, double> || std::same_as<T, Pack>;
template <class T>
concept Word = std::same_as<T, std::uint64_t> || std::same_as<T, WordPack>;

template <Number N>
using WordOf = std::conditional_t<std::same_as<N, double>, std::uint64_t, WordPack>;
template <Word W>
using NumberOf = std::conditional_t<std::same_as<W, std::uint64_t>, double, Pack>;

template <Number N>
[[nodiscard]] inline WordOf<N> bits_of(N x) {
    return bit_cast<WordOf<N>>(x);
}
template <Word W>
[[nodiscard]] inline NumberOf<W> from_bits(W bits) {
    return bit_cast<NumberOf<W>>(bits);
}

// Plain overloads, not templates: a number may then stand where a pack is asked for, as in select(mask, x, 0.0).
[[nodiscard]] inline double select(bool condition, double a, double b) {
    return condition ? a : b;
}
[[nodiscard]] inline Pack select(Mask condition, Pack a, Pack b) {
    return Pack(condition.lanes() ? a.lanes() : b.lanes());
}

[[nodiscard]] inline bool any_of(bool condition) {
    return condition;
}
[[nodiscard]] inline bool any_of(Mask condition) {
    return registers::any(condition.lanes());
}
[[nodiscard]] inline bool all_of(Mask condition) {
    return !any_of(!condition);
}

// Where either argument is not a number, min, max and clamp return the first: clamp lets NaN through.
[[nodiscard]] inline double min(double a, double b) {
    return select(b < a, b, a);
}
[[nodiscard]] inline Pack min(Pack a, Pack b) {
    return select(b < a, b, a);
}
[[nodiscard]] inline double max(double a, double b) {
    return select(a < b, b, a);
}
[[nodiscard]] inline Pack max(Pack a, Pack b) {
    return select(a < b, b, a);
}
[[nodiscard]] inline double clamp(double x, double low, double high) {
    return min(max(x, low), high);
}
[[nodiscard]] inline Pack clamp(Pack x, Pack low, Pack high) {
    return min(max(x, low), high);
}

[[nodiscard]] inline double sqrt(double x) {
    return std::sqrt(x);
}
[[nodiscard]] inline Pack sqrt(Pack x) {
    return Pack(registers::sqrt(x.lanes()));
}

inline constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;
[[nodiscard]] inline double abs(double x) {
    return from_bits(bits_of(x) & ~sign_bit);
}
[[nodiscard]] inline Pack abs(Pack x) {
    return from_bits(bits_of(x) & ~sign_bit);
}

// Whole numbers in [0, 2^52) between their two forms, exact. SSE2 and AVX2 have no such instruction; but the mantissa
// of 2^52 + n is n itself.
inline constexpr double two_52 = 0x1p52;
template <Word W>
[[nodiscard]] inline NumberOf<W> to_number(W whole) {
    return from_bits(whole | bit_cast<std::uint64_t>(two_52)) - two_52;
}
template <Number N>
[[nodiscard]] inline WordOf<N> to_word(N whole) {
    return bits_of(whole + two_52) ^ bit_cast<std::uint64_t>(two_52);
}

}  // namespace sim
