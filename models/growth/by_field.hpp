// What a firm reads of its field, for loops over the rows of a cell.
#pragma once

#include "models/growth/state.hpp"

namespace growth {

// A function of rows, or packs of rows. In an industry of one field it is the same number for all.
inline auto by_field(const State& s, const Cell& cell, double FieldState::*value) {
    const auto& industry = s.industries[cell.industry];
    const FieldState* const first = s.fields.data() + industry.first_field;
    return [ first, value, &which = s.firms.field, one = industry.fields == 1, common = first->*
             value ]<sim::Row R>(R at) __attribute__((always_inline))
        ->sim::NumberAt<R> {
        const auto of_row = [&](sim::Index row) { return first[static_cast<std::size_t>(which(row))].*value; };
        if (one) return common;
        if constexpr (std::same_as<R, sim::Index>)
            return of_row(at);
        else
            return sim::Pack([&](auto lane) { return of_row(at.row + static_cast<sim::Index>(lane)); });
    };
}

}  // namespace growth
