// Firms one by one, for those who want to see more than sums.
#pragma once

#include <vector>

#include "models/growth/state.hpp"
#include "sim/describe/field.hpp"

namespace growth {

// The columns of a panel: the step, where the firm is, and everything that the state knows of it.
std::vector<sim::Field> panel_fields();

// Appends a row for every living firm, to one column a field.
void observe(int step, const State&, std::vector<std::vector<double>>& panel);

}  // namespace growth
