// Values of described rows over named dimensions, one block of memory a member.
//
// A model's record is a struct of cubes. Rows are put and taken as structs; each member lies contiguously, as the
// results file wants it.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/describe/field.hpp"

namespace sim {

template <Described T>
[[nodiscard]] std::vector<Field> fields_of() {
    T row{};
    std::vector<Field> fields;
    T::describe(row, [&](const Field& field, double&) { fields.push_back(field); });
    return fields;
}

template <Described T>
class Cube {
public:
    static constexpr std::size_t members = sizeof(T) / sizeof(double);

    Cube() = default;
    explicit Cube(std::vector<std::string> dims) : dims_(std::move(dims)), shape_(dims_.size(), 0) {
        if (fields().size() * sizeof(double) != sizeof(T))
            throw std::logic_error("a row of a cube has a member it does not describe");
    }

    // Takes its extent, every value missing. No dimension at all makes a single cell.
    void shape(std::vector<std::size_t> lengths) {
        if (lengths.size() != dims_.size()) throw std::logic_error("a cube needs one length for each dimension");
        shape_ = std::move(lengths);
        cells_ = 1;
        for (const auto length : shape_) cells_ *= length;
        values_.resize(members * cells_);
        fill(std::numeric_limits<double>::quiet_NaN());
    }
    void fill(double value) { std::fill(values_.begin(), values_.end(), value); }

    template <std::integral... Index>
    void put(const T& row, Index... index) {
        auto* cell = values_.data() + offset(index...);
        T::describe(row, [&](const Field&, const double& member) {
            *cell = member;
            cell += cells_;
        });
    }
    template <std::integral... Index>
    [[nodiscard]] T at(Index... index) const {
        T row{};
        const auto* cell = values_.data() + offset(index...);
        T::describe(row, [&](const Field&, double& member) {
            member = *cell;
            cell += cells_;
        });
        return row;
    }

    // All values of the i-th described member, the last dimension fastest.
    [[nodiscard]] std::span<const double> field(std::size_t i) const {
        return std::span(values_).subspan(i * cells_, cells_);
    }
    [[nodiscard]] std::size_t size() const { return cells_; }
    [[nodiscard]] const std::vector<std::string>& dims() const { return dims_; }
    [[nodiscard]] const std::vector<std::size_t>& lengths() const { return shape_; }
    [[nodiscard]] static std::vector<Field> fields() { return fields_of<T>(); }

private:
    template <class... Index>
    [[nodiscard]] std::size_t offset(Index... index) const {
        assert(sizeof...(index) == shape_.size());
        const std::array<std::size_t, sizeof...(index)> place{static_cast<std::size_t>(index)...};
        std::size_t cell = 0;
        for (std::size_t i = 0; i < place.size(); ++i) {
            assert(place[i] < shape_[i]);
            cell = cell * shape_[i] + place[i];
        }
        return cell;
    }

    std::vector<std::string> dims_;
    std::vector<std::size_t> shape_;
    std::size_t cells_ = 0;
    std::vector<double> values_;  // member by member
};

// Accepts any cube, so that a concept can ask whether a type lists its cubes.
struct AnyCubeVisitor {
    template <class T>
    void operator()(const Cube<T>&) const {}
};

template <class T>
concept Recorded = std::copyable<T> && requires(T& record, const T& seen) {
    T::describe_cubes(record, AnyCubeVisitor{});
    T::describe_cubes(seen, AnyCubeVisitor{});
};

// One span a variable, in the order of the description.
template <Recorded Record>
[[nodiscard]] std::vector<std::span<const double>> columns_of(const Record& record) {
    std::vector<std::span<const double>> columns;
    Record::describe_cubes(record, [&](const auto& cube) {
        for (std::size_t i = 0; i < cube.members; ++i) columns.push_back(cube.field(i));
    });
    return columns;
}

}  // namespace sim
