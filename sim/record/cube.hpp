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

#include "sim/describe/spec.hpp"

namespace sim {

template <Tabular T>
[[nodiscard]] std::vector<Spec> specs_of() {
    T row{};
    std::vector<Spec> specs;
    T::describe(row, [&](const Spec& spec, double&) { specs.push_back(spec); });
    return specs;
}

template <Tabular T>
class Cube {
public:
    static constexpr std::size_t members = sizeof(T) / sizeof(double);

    Cube() = default;
    explicit Cube(std::vector<std::string> dims) : dims_(std::move(dims)), shape_(dims_.size(), 0) {
        if (specs().size() * sizeof(double) != sizeof(T))
            throw std::logic_error("a row of a cube has a member it does not describe");
    }

    // Takes its extent, every value missing. No dimension at all makes a single entry.
    void shape(std::vector<std::size_t> lengths) {
        if (lengths.size() != dims_.size()) throw std::logic_error("a cube needs one length for each dimension");
        shape_ = std::move(lengths);
        entries_ = 1;
        for (const auto length : shape_) entries_ *= length;
        values_.resize(members * entries_);
        fill(std::numeric_limits<double>::quiet_NaN());
    }
    void fill(double value) { std::fill(values_.begin(), values_.end(), value); }

    template <std::integral... Index>
    void put(const T& row, Index... index) {
        auto* entry = values_.data() + offset(index...);
        T::describe(row, [&](const Spec&, const double& member) {
            *entry = member;
            entry += entries_;
        });
    }
    template <std::integral... Index>
    [[nodiscard]] T at(Index... index) const {
        T row{};
        const auto* entry = values_.data() + offset(index...);
        T::describe(row, [&](const Spec&, double& member) {
            member = *entry;
            entry += entries_;
        });
        return row;
    }

    // All values of the i-th described member, the last dimension fastest.
    [[nodiscard]] std::span<const double> values_of(std::size_t i) const {
        return std::span(values_).subspan(i * entries_, entries_);
    }
    [[nodiscard]] std::size_t size() const { return entries_; }
    [[nodiscard]] const std::vector<std::string>& dims() const { return dims_; }
    [[nodiscard]] const std::vector<std::size_t>& lengths() const { return shape_; }
    [[nodiscard]] static std::vector<Spec> specs() { return specs_of<T>(); }

private:
    template <class... Index>
    [[nodiscard]] std::size_t offset(Index... index) const {
        assert(sizeof...(index) == shape_.size());
        const std::array<std::size_t, sizeof...(index)> place{static_cast<std::size_t>(index)...};
        std::size_t entry = 0;
        for (std::size_t i = 0; i < place.size(); ++i) {
            assert(place[i] < shape_[i]);
            entry = entry * shape_[i] + place[i];
        }
        return entry;
    }

    std::vector<std::string> dims_;
    std::vector<std::size_t> shape_;
    std::size_t entries_ = 0;
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
        for (std::size_t i = 0; i < cube.members; ++i) columns.push_back(cube.values_of(i));
    });
    return columns;
}

}  // namespace sim
