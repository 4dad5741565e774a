// Rows of a table, one at a time or a pack at a time, so that one loop body serves both.
#pragma once

#include <cassert>
#include <concepts>
#include <cstddef>

#include "sim/math/pack.hpp"

namespace sim {

using Index = std::ptrdiff_t;

// A pack's worth of rows: row, row + 1, ... ; row is a multiple of Pack::size().
struct Lanes {
    Index row;
};

template <class T>
concept Row = std::same_as<T, Index> || std::same_as<T, Lanes>;

// What a column holds at a row: one number, or a pack of them.
template <Row R>
using NumberAt = std::conditional_t<std::same_as<R, Index>, double, Pack>;

// The rows [begin, end).
struct Range {
    Index begin = 0;
    Index end = 0;
};

template <class Body>
inline void for_each_row(Range rows, Body&& body) {
    for (Index row = rows.begin; row < rows.end; ++row) body(row);
}

// Covers the range by whole packs. Rows of the last pack at or beyond the end exist in storage (padding): writing them
// is harmless, summing them is not, so give a LaneSum the end.
template <class Body>
inline void for_each_lanes(Range rows, Body&& body) {
    assert(rows.begin % static_cast<Index>(max_lanes) == 0);
    constexpr auto width = static_cast<Index>(Pack::size());
    for (Index row = rows.begin; row < rows.end; row += width) body(Lanes{row});
}

}  // namespace sim
