#include "models/growth/memory.hpp"

#include "models/growth/state.hpp"

namespace growth {

namespace {

template <class T>
std::size_t of(const std::vector<T>& values) {
    return values.size() * sizeof(T);
}

template <class T>
std::size_t of(const sim::Scratch<T>& room) {
    return static_cast<std::size_t>(room.size()) * sizeof(T);
}

template <class Stored, class Element, class Vector>
std::size_t of(const sim::BasicColumn<Stored, Element, Vector>& column) {
    return static_cast<std::size_t>(column.rows()) * sizeof(Stored);
}

std::size_t of_firms(const Firms& firms) {
    std::size_t all = 0;
    Firms::describe(firms, [&all](const sim::Spec&, const auto& column) { all += of(column); });
    return all;
}

}  // namespace

std::size_t bytes_of(const State& s) {
    return sizeof(State) + of_firms(s.firms) + of(s.leaving) + of(s.appeal) + of(s.candidates) + of(s.acquirers) +
           of(s.merger_targets) + of(s.merger_tree) + of(s.cells) + of(s.blocks) + of(s.field_sums) + of(s.industries) +
           of(s.fields) + of(s.places) + of(s.base_year.cells) + of(s.base_year.places) + of(s.base_year.fields);
}

}  // namespace growth
