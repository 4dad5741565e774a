// exp, log, pow and the circle: the only transcendental functions of the state path.
//
// Made of + - * /, square roots and bit operations alone, each of which IEEE 754 rounds in one way: the bits do not
// depend on libm, on the width of a register or, with -ffp-contract=off, on the instruction set. Rounding is to
// nearest.
#pragma once

#include <limits>
#include <utility>

#include "sim/math/pack.hpp"

namespace sim {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

namespace elementary {

// ln 2 in two parts: the first has 32 significant bits, so that its product with an exponent is exact.
inline constexpr double ln2_high = 0x1.62e42feep-1;
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;
// Added to a small x, leaves the nearest whole number in the last bits of the sum.
inline constexpr double round_to_whole = 0x1.8p52;

template <Number N>
[[nodiscard]] inline N horner(N, double constant) {
    return N(constant);
}
template <Number N, class... More>
[[nodiscard]] inline N horner(N x, double constant, More... more) {
    return horner(x, more...) * x + constant;
}

// e^x = 2^n e^r with |r| <= ln(2)/2 and the series of e^r to r^13, whose rest is below 2^-57. Error below 0.95 ulp.
template <Number N>
[[nodiscard]] inline N exponential(N argument) {
    // Below -746 the result is 0 and above 710 infinite; NaN passes.
    const N x = clamp(argument, -746.0, 710.0);
    // The last bits of `shifted` are n + 2046: two exponents, biased by 1023 each. Scaling in two steps reaches
    // subnormal results and infinity with one rounding.
    constexpr double shift = round_to_whole + 2046;
    const N shifted = x * 0x1.71547652b82fep0 + shift;
    const N n = shifted - shift;
    const N high = x - n * ln2_high;
    const N low = n * ln2_low;
    const N r = high - low;
    const N r_rest = (high - r) - low;

    const N square = r * r;
    const N even = horner(square, 1.0 / 2, 1.0 / 24, 1.0 / 720, 1.0 / 40320, 1.0 / 3628800, 1.0 / 479001600);
    const N odd = horner(square, 1.0 / 6, 1.0 / 120, 1.0 / 5040, 1.0 / 362880, 1.0 / 39916800, 1.0 / 6227020800.0);
    const N power = 1.0 + (r + (square * (even + r * odd) + r_rest));

    const auto exponents = bits_of(shifted) & 0xfff;
    const auto first = exponents >> 1;
    return power * from_bits(first << 52) * from_bits((exponents - first) << 52);
}

// ln x for positive, normal, finite x, plus `extra` times ln 2. x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)); the
// approximation of ln(1 + f) is that of FreeBSD's e_log.c (Sun Microsystems, 1993). Error below 0.9 ulp.
template <Number N>
[[nodiscard]] inline N log_of_normal(N x, N extra = N(0.0)) {
    constexpr std::uint64_t one = bit_cast<std::uint64_t>(1.0);
    constexpr std::uint64_t to_one = one - bit_cast<std::uint64_t>(0x1.6a09e667f3bcdp-1);
    constexpr std::uint64_t mantissa = 0x000fffffffffffff;
    const auto raised = bits_of(x) + to_one;
    const N k = to_number(raised >> 52) - 1023.0 + extra;
    const N f = from_bits((raised & mantissa) + (one - to_one)) - 1.0;

    const N s = f / (2.0 + f);
    const N z = s * s;
    const N w = z * z;
    const N odd = z * horner(w, 6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01,
                             1.479819860511658591e-01);
    const N even = w * horner(w, 3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01);
    const N half_square = 0.5 * f * f;
    return k * ln2_high - ((half_square - (s * (half_square + (odd + even)) + k * ln2_low)) - f);
}

// Subnormals are exact arguments like any other. ln 0 = -inf, of negatives NaN.
template <Number N>
[[nodiscard]] inline N logarithm(N x) {
    const auto tiny = x < std::numeric_limits<double>::min();
    N result = log_of_normal<N>(select(tiny, x * 0x1p54, x), select(tiny, -54.0, 0.0));
    result = select(x < infinity, result, x);  // infinity and NaN are their own logarithms
    return select(x > 0.0, result, select(x == 0.0, N(-infinity), x * not_a_number));
}

// (sin, cos) of 2 pi u, |u| < 2^49. The nearest quarter turn is taken off exactly, so whole quarters give 0 and +-1;
// the rest, within pi/4, by the minimax polynomials of FreeBSD's k_sin.c and k_cos.c. Error below 2.3e-16 absolute.
template <Number N>
[[nodiscard]] inline std::pair<N, N> circle(N turns) {
    const N shifted = turns * 4.0 + round_to_whole;
    const auto quarter = bits_of(shifted);
    const N angle = (turns - (shifted - round_to_whole) * 0.25) * 6.283185307179586477;

    const N z = angle * angle;
    const N sine =
        angle + angle * z *
                    horner(z, -1.66666666666666324348e-01, 8.33333333332248946124e-03, -1.98412698298579493134e-04,
                           2.75573137070700676789e-06, -2.50507602534068634195e-08, 1.58969099521155010221e-10);
    const N cosine = 1.0 - (0.5 * z - z * z *
                                          horner(z, 4.16666666666666019037e-02, -1.38888888888741095749e-03,
                                                 2.48015872894767294178e-05, -2.75573143513906633035e-07,
                                                 2.08757232129817482790e-09, -1.13596475577881948265e-11));
    // An odd quarter exchanges the two; quarters 2, 3 turn the sine's sign and 1, 2 the cosine's.
    const auto exchange = (bits_of(sine) ^ bits_of(cosine)) & (0 - (quarter & 1));
    const auto sine_sign = (quarter & 2) << 62;
    const auto cosine_sign = ((quarter + 1) & 2) << 62;
    return {from_bits(bits_of(sine) ^ exchange ^ sine_sign), from_bits(bits_of(cosine) ^ exchange ^ cosine_sign)};
}

// e^(y ln x) for x >= 0, with x^0 = 1 and 0^y = 0 for y > 0; NaN for negative x. The relative error grows with the
// exponent: (1 + 2 |y ln x|) ulp.
template <Number N>
[[nodiscard]] inline N power(N x, N y) {
    return select(y == 0.0, N(1.0), exponential(y * logarithm(x)));
}

}  // namespace elementary

// Overloads, not templates, for the reasons given in pack.hpp: pow(pack, 0.5) works.
[[nodiscard]] inline double exp(double x) {
    return elementary::exponential(x);
}
[[nodiscard]] inline Pack exp(Pack x) {
    return elementary::exponential(x);
}
[[nodiscard]] inline double log(double x) {
    return elementary::logarithm(x);
}
[[nodiscard]] inline Pack log(Pack x) {
    return elementary::logarithm(x);
}
[[nodiscard]] inline double pow(double x, double y) {
    return elementary::power(x, y);
}
[[nodiscard]] inline Pack pow(Pack x, Pack y) {
    return elementary::power(x, y);
}
[[nodiscard]] inline std::pair<double, double> sin_cos_turns(double u) {
    return elementary::circle(u);
}
[[nodiscard]] inline std::pair<Pack, Pack> sin_cos_turns(Pack u) {
    return elementary::circle(u);
}

}  // namespace sim
