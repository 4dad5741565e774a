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
        if (row < end_) partial_[static_cast<std::size_t>(row) % max_lanes] += value;
    }

    void add(Lanes at, Pack value) {
        if (end_ - at.row < static_cast<Index>(Pack::size())) return add_tail(at, value);
        double* const partial = &partial_[static_cast<std::size_t>(at.row) % max_lanes];
        Pack sum(partial, std::experimental::vector_aligned);
        sum += value;
        sum.copy_to(partial, std::experimental::vector_aligned);
    }

    [[nodiscard]] double total() const {
        const auto& p = partial_;
        return ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]));
    }

private:
    void add_tail(Lanes at, Pack value) {
        for (std::size_t lane = 0; lane < Pack::size(); ++lane) add(at.row + static_cast<Index>(lane), value[lane]);
    }

    alignas(64) std::array<double, max_lanes> partial_{};
    Index end_;
};

}  // namespace sim
