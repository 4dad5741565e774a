// Columns of a table: what every agent has one of, stored side by side.
//
// Round brackets read, square brackets write; both take a row (Index) or a pack of rows (Lanes), so one loop body
// serves the scalar reference and the vector loop.
#pragma once

#include <cstdint>

#include <Eigen/Core>

#include "sim/math/rows.hpp"

namespace sim {

static_assert(EIGEN_DEFAULT_ALIGN_BYTES >= 8 * max_lanes, "columns must start on a boundary of the widest register");

// Storage shared by the columns of numbers and of ids. Element and Vector are one lane and a pack of them.
template <class Element, class Vector>
class BasicColumn {
public:
    explicit BasicColumn(Index rows = 0, Element fill = 0) { resize(rows, fill); }

    [[nodiscard]] Element operator()(Index row) const { return storage_[row]; }
    [[nodiscard]] Vector operator()(Lanes at) const {
        return Vector(storage_.data() + at.row, std::experimental::vector_aligned);
    }

    // A place for a pack: it can be assigned to and nothing else; to read, use round brackets.
    class Place {
    public:
        explicit Place(Element* first) : first_(first) {}
        Place(const Place&) = delete;
        void operator=(const Place&) = delete;
        void operator=(Vector value) const { value.copy_to(first_, std::experimental::vector_aligned); }
        void operator+=(Vector value) const { *this = old() + value; }
        void operator-=(Vector value) const { *this = old() - value; }
        void operator*=(Vector value) const { *this = old() * value; }

    private:
        [[nodiscard]] Vector old() const { return Vector(first_, std::experimental::vector_aligned); }
        Element* first_;
    };

    [[nodiscard]] Element& operator[](Index row) { return storage_[row]; }
    [[nodiscard]] Place operator[](Lanes at) { return Place(storage_.data() + at.row); }

    [[nodiscard]] Index rows() const { return rows_; }

    // The rows without the padding, as an Eigen array.
    [[nodiscard]] auto values() { return storage_.head(rows_); }
    [[nodiscard]] auto values() const { return storage_.head(rows_); }

    // Keeps the rows there are; new ones, and the padding, hold `fill`.
    void resize(Index rows, Element fill = 0) {
        const Index kept = rows < rows_ ? rows : rows_;
        constexpr auto lanes = static_cast<Index>(max_lanes);
        storage_.conservativeResize((rows + lanes - 1) / lanes * lanes);
        storage_.tail(storage_.size() - kept).setConstant(fill);
        rows_ = rows;
    }

private:
    Eigen::Array<Element, Eigen::Dynamic, 1> storage_;
    Index rows_ = 0;
};

using Column = BasicColumn<double, Pack>;
using Ids = BasicColumn<std::uint64_t, WordPack>;

}  // namespace sim
