// Firms one by one, for those who want to see more than sums.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/growth/state.hpp"
#include "sim/describe/spec.hpp"

namespace growth {

// The columns of a panel: when, where the firm is, and everything that the state knows of it.
std::vector<sim::Spec> panel_columns();

// How a column's numbers are stored: in how many bits, where they are whole (0 where not), and what they stand for,
// where they are codes: words counted from `first`, or a bit each.
struct PanelNumbers {
    int bits = 0;
    std::vector<std::string> words = {};
    std::int32_t first = 0;
    bool masks = false;
};

// One for each of panel_columns.
std::vector<PanelNumbers> panel_numbers(const Config&);

// Appends a row for every living firm, to one column a field.
void observe(const Config&, int step, const State&, std::vector<std::vector<double>>& panel);

}  // namespace growth
