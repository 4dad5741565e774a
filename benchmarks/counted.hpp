// Read before all else by the preset `counted`, which keeps the elementary functions and draws as functions of their
// own, so that calls of them can be counted (benchmarks/operations). All else is inlined as usual; so what nobody uses,
// as the second pair of four normals, is left out as it is in a release.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "sim/math/pack.hpp"

namespace sim {

struct PhiloxKeys;

namespace elementary {

template <Number N>
[[gnu::noinline]] N exponential(N argument);
template <Number N>
[[gnu::noinline]] N logarithm(N x);
template <Number N>
[[gnu::noinline]] N power(N x, N y);
template <Number N>
[[gnu::noinline]] std::pair<N, N> circle(N turns);

}  // namespace elementary

template <Number N>
[[gnu::noinline]] std::array<N, 2> normal_pair(N u, N v);
template <Word W>
[[gnu::noinline]] std::array<W, 4> philox4x32_10(std::array<W, 4> counter, const PhiloxKeys& keys);

}  // namespace sim
