// A sum over rows that has the same bits whatever the width of a register.
//
// Floating-point addition is not associative, so the order is fixed here, once: eight partial sums by (row mod 8), each
// in the order of rows, then a fixed tree.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

#include "sim/math/rows.hpp"

namespace sim {

[[nodiscard]] inline double sum_of_partials(const std::array<double, max_lanes>& p) {
    return ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]));
}

class LaneSum {
public:
    // Rows at or beyond `end`, that is the padding of the last pack, do not count.
    explicit LaneSum(Index end = std::numeric_limits<Index>::max()) : end_(end) {}

    void add(Index row, double value) {
        if (row >= end_) return;
        Pack& sums = partial_[pack_of(row)];
        const auto lane = static_cast<std::size_t>(row) % Pack::size();
        sums.set(lane, sums[lane] + value);
    }

    void add(Lanes at, Pack value) {
        if (end_ - at.row < static_cast<Index>(Pack::size())) value = counted(at, value);
        // Branches that take turns, instead of an index, let the compiler keep the partial sums in registers.
        const auto mine = pack_of(at.row);
        for (std::size_t i = 0; i < packs; ++i)
            if (i == mine) partial_[i] += value;
    }

    [[nodiscard]] double total() const {
        alignas(64) std::array<double, max_lanes> partial;
        for (std::size_t i = 0; i < packs; ++i) partial_[i].store(&partial[i * Pack::size()]);
        return sum_of_partials(partial);
    }

private:
    static constexpr std::size_t packs = max_lanes / Pack::size();
    static std::size_t pack_of(Index row) { return static_cast<std::size_t>(row) % max_lanes / Pack::size(); }

    // Zero in the lanes that do not count. No partial sum is ever -0, so adding zero changes no bit.
    [[nodiscard]] Pack counted(Lanes at, Pack value) const {
        const Pack rows([&](auto lane) { return static_cast<double>(at.row + static_cast<Index>(lane)); });
        return select(rows < static_cast<double>(end_), value, 0.0);
    }

    std::array<Pack, packs> partial_{};
    Index end_;
};

// The sums of several terms over rows that begin with a multiple of max_lanes: body(at) gives an array of packs, one of
// each term. The same bits as a LaneSum a term, and as fast as sums in any order: body is compiled once for each pack
// of eight rows, so that the partial sums have constant places and stay in registers.
template <class Body>
[[nodiscard]] inline auto sums_over(Range rows, Body&& body) {
    constexpr std::size_t terms = std::tuple_size_v<std::invoke_result_t<Body, Lanes>>;
    constexpr std::size_t packs = max_lanes / Pack::size();
    constexpr auto lanes = static_cast<Index>(max_lanes);
    assert(rows.begin % lanes == 0);
    alignas(64) std::array<std::array<double, max_lanes>, terms> partial{};
    const Index whole = rows.end - (rows.end - rows.begin) % lanes;

    std::array<std::array<Pack, terms>, packs> sums{};
    for (Index row = rows.begin; row < whole; row += lanes) [&]<std::size_t... k>(std::index_sequence<k...>) {
            const auto add = [&](std::array<Pack, terms>& sum, Index offset) {
                const std::array<Pack, terms> values = body(Lanes{row + offset});
                for (std::size_t i = 0; i < terms; ++i) sum[i] += values[i];
            };
            (add(sums[k], static_cast<Index>(k * Pack::size())), ...);
        }
    (std::make_index_sequence<packs>{});
    for (std::size_t k = 0; k < packs; ++k)
        for (std::size_t i = 0; i < terms; ++i) sums[k][i].store(&partial[i][k * Pack::size()]);

    for (Index row = whole; row < rows.end; row += static_cast<Index>(Pack::size())) {
        const std::array<Pack, terms> values = body(Lanes{row});
        for (Index at = row; at < std::min(row + static_cast<Index>(Pack::size()), rows.end); ++at)
            for (std::size_t i = 0; i < terms; ++i)
                partial[i][static_cast<std::size_t>(at - whole)] += values[i][static_cast<std::size_t>(at - row)];
    }
    std::array<double, terms> totals;
    for (std::size_t i = 0; i < terms; ++i) totals[i] = sum_of_partials(partial[i]);
    return totals;
}

}  // namespace sim
