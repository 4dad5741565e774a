// What a pack asks of a processor: every text that names one, or that works around a compiler, stands here.
//
// Registers are the vector types that GCC and Clang share, so arithmetic, comparisons and choices are the compiler's
// own on every target. Instructions are named only where these have no operator, or where GCC 12 takes a register apart
// for one; beside each stands what it computes. All of it is exact or rounded as IEEE 754 says, and so of the same
// bits.
#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace sim::registers {

#ifdef __AVX512VL__
// GCC 12 warns of the plain forms of its own functions, which begin with what is undefined; these are compiled the
// same.
inline constexpr __mmask8 all = 0xff;
#endif

// How many 64-bit numbers the target's widest register holds. Where there is none a compiler makes do with pairs.
#if defined(__AVX512VL__)
inline constexpr std::size_t lanes = 8;
#elif defined(__AVX2__)
inline constexpr std::size_t lanes = 4;
#else
inline constexpr std::size_t lanes = 2;
#endif
using Indices = std::make_index_sequence<lanes>;

template <class T>
struct OfLanes {
    using type [[gnu::vector_size(lanes * sizeof(T))]] = T;
};
// A number for each lane; a narrower register where the numbers are.
template <class T>
using Register = typename OfLanes<T>::type;

using Doubles = Register<double>;
using Words = Register<std::uint64_t>;
// Where something holds: all bits of a lane, or none.
using Truths = Register<std::int64_t>;

[[nodiscard]] inline bool any(Truths truths) {
#if defined(__AVX512VL__)
    const auto bits = reinterpret_cast<__m512i>(truths);
    return _mm512_test_epi64_mask(bits, bits) != 0;
#elif defined(__AVX2__)
    return _mm256_movemask_pd(reinterpret_cast<__m256d>(truths)) != 0;
#elif defined(__SSE2__)
    return _mm_movemask_pd(reinterpret_cast<__m128d>(truths)) != 0;
#elif defined(__wasm_simd128__)
    return wasm_v128_any_true(reinterpret_cast<v128_t>(truths));
#else
    return (truths[0] | truths[1]) != 0;
#endif
}

[[nodiscard]] inline Doubles sqrt(Doubles x) {
#if defined(__AVX512VL__)
    return _mm512_maskz_sqrt_pd(all, x);
#elif defined(__AVX2__)
    return _mm256_sqrt_pd(x);
#elif defined(__SSE2__)
    return _mm_sqrt_pd(x);
#elif defined(__wasm_simd128__)
    return reinterpret_cast<Doubles>(wasm_f64x2_sqrt(reinterpret_cast<v128_t>(x)));
#else
    return Doubles{std::sqrt(x[0]), std::sqrt(x[1])};
#endif
}

// The 64-bit product of the low halves of each lane.
[[nodiscard]] inline Words multiply_low_halves(Words a, std::uint32_t b) {
#if defined(__AVX512VL__)
    return reinterpret_cast<Words>(_mm512_maskz_mul_epu32(all, reinterpret_cast<__m512i>(a), _mm512_set1_epi64(b)));
#elif defined(__AVX2__)
    return reinterpret_cast<Words>(_mm256_mul_epu32(reinterpret_cast<__m256i>(a), _mm256_set1_epi64x(b)));
#elif defined(__SSE2__)
    return reinterpret_cast<Words>(_mm_mul_epu32(reinterpret_cast<__m128i>(a), _mm_set1_epi64x(b)));
#elif defined(__wasm_simd128__)
    const auto low = reinterpret_cast<v128_t>(a);
    return reinterpret_cast<Words>(
        wasm_u64x2_extmul_low_u32x4(wasm_i32x4_shuffle(low, low, 0, 2, 0, 2), wasm_u32x4_splat(b)));
#else
    return (a & 0xffffffff) * b;
#endif
}

[[nodiscard]] inline Doubles widened(Register<std::int32_t> numbers) {
#if defined(__AVX512VL__)
    return _mm512_maskz_cvtepi32_pd(all, reinterpret_cast<__m256i>(numbers));
#elif defined(__AVX2__)
    return _mm256_cvtepi32_pd(reinterpret_cast<__m128i>(numbers));
#else
    return __builtin_convertvector(numbers, Doubles);
#endif
}
[[nodiscard]] inline Doubles widened(Register<float> numbers) {
#if defined(__AVX512VL__)
    return _mm512_maskz_cvtps_pd(all, numbers);
#elif defined(__AVX2__)
    return _mm256_cvtps_pd(numbers);
#else
    return __builtin_convertvector(numbers, Doubles);
#endif
}

// What memory may hold numbers as, to save room: whole ones that the type holds, or seven digits of any.
template <class U>
concept Narrow = std::same_as<U, std::uint8_t> || std::same_as<U, std::uint16_t> || std::same_as<U, float>;

template <class T>
[[nodiscard]] inline Register<T> load(const T* first) {
    Register<T> numbers;
    std::memcpy(&numbers, first, sizeof(numbers));
    return numbers;
}
template <Narrow U>
[[nodiscard]] inline Doubles load_widened(const U* first) {
    if constexpr (std::same_as<U, float>)
        return widened(load(first));
    else
        return [&]<std::size_t... lane>(std::index_sequence<lane...>) {
            return widened(Register<std::int32_t>{first[lane]...});
        }
    (Indices{});
}

template <class T>
inline void store(Register<T> numbers, T* first) {
    std::memcpy(first, &numbers, sizeof(numbers));
}
template <Narrow U>
inline void store_narrowed(Doubles numbers, U* first) {
    if constexpr (std::same_as<U, float>)
        store<U>(__builtin_convertvector(numbers, Register<U>), first);
    else
        store<U>(__builtin_convertvector(__builtin_convertvector(numbers, Register<std::int32_t>), Register<U>), first);
}

}  // namespace sim::registers
