// Columns of a table of firms: what its rows can say, and the headings under which they say it.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "sim/describe/spec.hpp"

namespace growth {

// The headings, which are the names of the columns where a scenario gives no others.
struct FirmColumns {
    std::string name, industry, field, place, sales, employees, founded, research, capital, patents, group_sales,
        exports_share, listed, high_tech, weight;

    FirmColumns();
    void describe(const sim::Members& member);
};

struct ColumnOfFirms {
    std::string_view key;
    std::string_view text;
    std::string FirmColumns::*heading;
    bool needed = false;
};

[[nodiscard]] const std::array<ColumnOfFirms, 15>& columns_of_firms();

}  // namespace growth
