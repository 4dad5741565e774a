// The geography of a configuration: cells and how the base year's activity is spread over them.
#pragma once

#include <vector>

#include "models/growth/state.hpp"

namespace growth {

struct Cluster;
struct Config;

// The cells of a configuration: cluster by place, then what no cluster claims.
std::vector<Cell> lay_out_cells(const Config&);
std::size_t cluster_count(const Config&);  // with the rest of each place
// Whether a cluster has cells: one that only other scenarios of the run have lies nowhere.
bool lies_somewhere(const Config&, const Cluster&);

// The cell that holds a row.
Cell& cell_of(State&, sim::Index row);

// The field of a firm of the cell.
inline FieldState& field_of(State& s, const Cell& cell, sim::Index row) {
    return s.fields[s.industries[cell.industry].first_field + static_cast<std::size_t>(s.firms.field(row))];
}

inline std::size_t position_of(const State& s, const Cell& cell) {
    return static_cast<std::size_t>(&cell - s.cells.data());
}

// Shares of an industry's sales and firms by cell; they add up to 1 over the cells of an industry.
struct CellShares {
    std::vector<double> sales, firms;
};
CellShares share_out(const Config&, const std::vector<Cell>&);

// Whole numbers in proportion to shares that add up to the total (largest remainders).
std::vector<int> whole_numbers(const std::vector<double>& shares, int total);

}  // namespace growth
