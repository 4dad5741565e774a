// Tables: structs of columns that describe themselves. What is done to every column is done here, by description, so
// that a new column cannot be forgotten in one place.
#pragma once

#include <cassert>
#include <cstddef>

#include "sim/describe/spec.hpp"
#include "sim/population/column.hpp"

namespace sim {

template <Tabular Table>
inline void resize_columns(Table& table, Index rows) {
    Table::describe(table, [rows](const Spec&, auto& column) { column.resize(rows); });
}

template <Tabular Table>
inline void copy_row(Table& table, Index from, Index to) {
    Table::describe(table, [from, to](const Spec&, auto& column) {
        assert(from < column.rows() && to < column.rows());
        column[to] = column(from);
    });
}

// The columns in which two agents that become one add up.
template <Tabular Table, class Body>
inline void for_each_extensive(Table& table, Body&& body) {
    Table::describe(table, [&](const Spec& spec, auto& column) {
        if (spec.is_extensive) body(column);
    });
}

template <Tabular Table>
[[nodiscard]] inline std::size_t described_column_count() {
    std::size_t count = 0;
    const Table table;
    Table::describe(table, [&count]<class S, class E, class V>(const Spec&, const BasicColumn<S, E, V>&) { ++count; });
    return count;
}

// True where every member of a table that holds nothing but columns is described: one test a table.
template <Tabular Table>
[[nodiscard]] inline bool all_columns_described() {
    static_assert(sizeof(Table) % sizeof(Column) == 0 && sizeof(Ids) == sizeof(Column) &&
                  sizeof(Bytes) == sizeof(Column) && sizeof(Counts) == sizeof(Column) &&
                  sizeof(Floats) == sizeof(Column));
    return described_column_count<Table>() == sizeof(Table) / sizeof(Column);
}

}  // namespace sim
