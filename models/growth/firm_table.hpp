// A scenario's own firms: a table with one row a firm, of which what it says holds in the base year and what it does
// not say is drawn (docs/model.md, section 6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/growth/firm_columns.hpp"
#include "sim/describe/spec.hpp"

namespace sim {
class Document;
class Problems;
}  // namespace sim

namespace growth {

struct Config;
struct FirmFile;

// One row. A number that is missing is no number (NaN), a position that is missing no_row.
struct FirmRow {
    std::size_t industry, field, place;  // rows of the configuration
    double sales;                        // money of the base year, in the unit of the scenario
    double employees, founded, research, capital, patents, group_sales, exports_share;
    double listed, high_tech;  // 1 or 0
    double weight;             // firms that it stands for
};

// The rows that a run starts from.
struct FirmRows {
    std::vector<FirmRow> rows;
    std::vector<std::vector<std::uint32_t>> of_industry;  // positions of rows, by industry
};

// Where a scenario says something else of an industry than its rows do; the rows hold.
struct Disagreement {
    std::string industry, key;
    double said, found;
};

// [population]
struct Population {
    std::string firms, sha256;
    double unit;  // of the currency; that of the scenario's money once the table is read, where it says no other
    FirmColumns columns;

    std::shared_ptr<const FirmRows> rows;  // none where no table is given, or where it has not been read
    std::vector<Disagreement> disagreements;
    std::vector<std::string> unread;  // headings

    Population();
    void describe(const sim::Members& member);

    // Whether the firms of an industry are those of the table.
    [[nodiscard]] bool has(std::size_t industry) const { return rows && !rows->of_industry[industry].empty(); }
};

// Makes rows of a table, and lets industries take from them what rows decide: sales and numbers of firms. Problems: a
// table that is missing, or not the one that the scenario means; each cell that says nothing that can be.
void read_firms(Config&, const FirmFile*, const sim::Document&, sim::Problems&);

// Whether a table is named that has not been read.
[[nodiscard]] bool lacks_firms(const Config&);

// Of the industries with rows: sales and number of the firms from the threshold on, and of those below it, where rows
// have any; and where the industry says none, the share of sales that those who say one export.
void count_firms(Config&);

// Whether rows tell an industry's firms below the threshold, too.
[[nodiscard]] bool tells_fringe(const Config&, std::size_t industry);

}  // namespace growth
