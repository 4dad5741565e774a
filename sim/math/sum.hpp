// A sum over rows that has the same bits whatever the width of a register.
//
// Floating-point addition is not associative, so the order is fixed here, once: eight partial sums by (row mod 8), each
// in the order of rows, then a fixed tree.
#pragma once

#include <array>
#include <limits>

#include "sim/math/rows.hpp"

namespace sim {

class LaneSum {
public:
    // Rows at or beyond `end`, that is the padding of the last pack, do not count.
    explicit LaneSum(Index end = std::numeric_limits<Index>::max()) : end_(end) {}

    void add(Index row, double value) {
        if (row < end_) partial_[pack_of(row)][static_cast<std::size_t>(row) % Pack::size()] += value;
    }

    void add(Lanes at, Pack value) {
        if (end_ - at.row < static_cast<Index>(Pack::size())) value = counted(at, value);
        // Branches that take turns, instead of an index, let the compiler keep the partial sums in registers.
        const auto mine = pack_of(at.row);
        for (std::size_t i = 0; i < packs; ++i)
            if (i == mine) partial_[i] += value;
    }

    [[nodiscard]] double total() const {
        const auto p = [this](std::size_t i) { return partial_[i / Pack::size()][i % Pack::size()]; };
        return ((p(0) + p(4)) + (p(2) + p(6))) + ((p(1) + p(5)) + (p(3) + p(7)));
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

}  // namespace sim
