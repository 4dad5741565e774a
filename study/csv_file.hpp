// A table from a CSV file (RFC 4180), by libcsv: this is the one place that sees it.
#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/problems.hpp"
#include "sim/scenario/text_table.hpp"

namespace jiju {

// Of the text of a file that messages call `name`: UTF-8, cells between commas, semicolons or tabs, whichever its first
// line has most of; the first row are headings. Blank lines are passed over. Adds a problem for each line that is no
// row.
[[nodiscard]] sim::TextTable read_csv(std::string_view text, const std::string& name, sim::Problems& problems);

}  // namespace jiju
