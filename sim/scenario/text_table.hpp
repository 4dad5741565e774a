// A table as its file has it: headings, and rows of cells that are text, each row with the line it begins in.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sim {

struct TextTable {
    std::string file;  // as messages call it
    std::vector<std::string> headings;
    std::vector<int> lines;          // of the rows, counted from 1
    std::vector<std::string> cells;  // row after row, each as long as the headings

    [[nodiscard]] std::size_t rows() const { return lines.size(); }
    [[nodiscard]] const std::string& at(std::size_t row, std::size_t column) const {
        return cells[row * headings.size() + column];
    }
};

}  // namespace sim
