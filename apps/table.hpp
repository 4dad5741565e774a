// Rows of text as a person reads them: on a terminal, where a Chinese character takes two places, and as Markdown.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace jiju {

struct Column {
    std::string title;
    bool is_number = false;    // stands at the right
    bool is_flexible = false;  // is cut where the line would be too long
};

struct Table {
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;

    // Lines of at most `width` places as far as a flexible column allows; 0 sets no limit.
    [[nodiscard]] std::string text(std::size_t width = 0, std::size_t indent = 0) const;
    [[nodiscard]] std::string markdown() const;
};

}  // namespace jiju
