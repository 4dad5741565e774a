// Rows of a table of firms: words become industries, fields and places of the scenario, cells numbers in its units;
// what cannot be is refused at its line and column, in the words of the file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/growth/firm_table.hpp"
#include "sim/scenario/text_table.hpp"

namespace growth {

// The table of a file, and what proves that it is the same.
struct FirmFile {
    sim::TextTable table;
    std::string sha256;      // of the file's bytes
    std::string name = {};   // of the file, without its folder: what the effective scenario keeps
    std::string bytes = {};  // as the file has them, for copies
};

struct ReadRows {
    FirmRows rows;
    std::vector<std::string> unread;  // headings that nobody asks for
};

// Nothing where there is a problem, which it adds. Of many mistakes the first are enough.
[[nodiscard]] std::optional<ReadRows> rows_of(const Config&, const sim::TextTable&, const sim::Document&,
                                              sim::Problems&);

}  // namespace growth
