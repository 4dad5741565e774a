// The geography of a configuration: cells and how the base year's activity is spread over them.
#pragma once

#include <vector>

#include "models/growth/state.hpp"

namespace growth {

// Shares of an industry's sales and firms by cell; they add up to 1 over the cells of an industry.
struct CellShares {
    std::vector<double> sales, firms;
};
CellShares share_out(const Config&, const std::vector<Cell>&);

// Whole numbers in proportion to shares that add up to the total (largest remainders).
std::vector<int> whole_numbers(const std::vector<double>& shares, int total);

}  // namespace growth
