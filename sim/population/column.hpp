// Columns of a table: what every agent has one of, stored side by side.
//
// Round brackets read, square brackets write; both take a row (Index) or a pack of rows (Lanes), so one loop body
// serves the scalar reference and the vector loop.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "sim/math/rows.hpp"
#include "sim/population/zeroed.hpp"

namespace sim {

// Storage shared by columns of every kind. A column reads and writes Element, one lane, or Vector, a pack of them, and
// may store them in a narrower type, rounded to what that holds.
template <class Stored, class Element, class Vector>
class BasicColumn {
    static constexpr bool narrow = !std::same_as<Stored, Element>;

public:
    explicit BasicColumn(Index rows = 0, Element fill = 0) { resize(rows, fill); }

    [[nodiscard]] Element operator()(Index row) const { return static_cast<Element>(storage_.data()[row]); }
    [[nodiscard]] Vector operator()(Lanes at) const { return Vector::load(aligned(storage_.data() + at.row)); }

    // A place for a pack: it can be assigned to and nothing else; to read, use round brackets.
    class Place {
    public:
        explicit Place(Stored* first) : first_(first) {}
        Place(const Place&) = delete;
        void operator=(const Place&) = delete;
        void operator=(Vector value) const { value.store(aligned(first_)); }
        void operator+=(Vector value) const { *this = old() + value; }
        void operator-=(Vector value) const { *this = old() - value; }
        void operator*=(Vector value) const { *this = old() * value; }

    private:
        [[nodiscard]] Vector old() const { return Vector::load(aligned(first_)); }
        Stored* first_;
    };

    // The same for one row of a narrow column.
    class NarrowPlace {
    public:
        explicit NarrowPlace(Stored* at) : at_(at) {}
        NarrowPlace(const NarrowPlace&) = delete;
        void operator=(const NarrowPlace&) = delete;
        void operator=(Element value) const { *at_ = static_cast<Stored>(value); }
        void operator+=(Element value) const { *this = static_cast<Element>(*at_) + value; }
        void operator-=(Element value) const { *this = static_cast<Element>(*at_) - value; }

    private:
        Stored* at_;
    };

    [[nodiscard]] decltype(auto) operator[](Index row) {
        if constexpr (narrow)
            return NarrowPlace(storage_.data() + row);
        else
            return (storage_.data()[row]);
    }
    [[nodiscard]] Place operator[](Lanes at) { return Place(storage_.data() + at.row); }

    [[nodiscard]] Index rows() const { return rows_; }

    // Keeps the rows there are; new ones, and the padding, hold `fill`. Rows filled with zeros take memory only once
    // they are written to.
    void resize(Index rows, Element fill = 0) {
        constexpr auto lanes = static_cast<Index>(max_lanes);
        const Index kept = rows < rows_ ? rows : rows_;
        const Index room = (rows + lanes - 1) / lanes * lanes;
        storage_.resize(room, kept);
        if (fill != 0)
            for (Index row = kept; row < room; ++row) storage_.data()[row] = static_cast<Stored>(fill);
        rows_ = rows;
    }

private:
    // A pack begins on a boundary of its own size, since Zeroed does.
    template <class T>
    [[nodiscard]] static T* aligned(T* first) {
        constexpr std::size_t boundary = Vector::size() * sizeof(T);  // named, or clang 14 crashes
        return static_cast<T*>(__builtin_assume_aligned(first, boundary));
    }

    Zeroed<Stored> storage_;
    Index rows_ = 0;
};

using Column = BasicColumn<double, double, Pack>;
using Ids = BasicColumn<std::uint64_t, std::uint64_t, WordPack>;
// Flags, levels and counts, read and written as numbers: whole, from 0 to 255 and to 65535.
using Bytes = BasicColumn<std::uint8_t, double, Pack>;
using Counts = BasicColumn<std::uint16_t, double, Pack>;
// Traits and gains of which seven digits are enough.
using Floats = BasicColumn<float, double, Pack>;

}  // namespace sim
