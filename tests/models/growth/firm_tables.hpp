// Tables of firms that tests make: their files, and River City with them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "models/growth/config.hpp"
#include "models/growth/firm_rows.hpp"
#include "tests/models/growth/support.hpp"

namespace growth_tests {

using Rows = std::vector<std::vector<std::string>>;

inline growth::FirmFile file_of(std::vector<std::string> headings, const Rows& rows) {
    growth::FirmFile file{{"firms.csv", std::move(headings), {}, {}}, "0123abcd"};
    for (std::size_t k = 0; k < rows.size(); ++k) {
        file.table.lines.push_back(static_cast<int>(k) + 2);
        file.table.cells.insert(file.table.cells.end(), rows[k].begin(), rows[k].end());
    }
    return file;
}

// River City, whose machine builders are those of the table; medicine is as the scenario says.
inline Config city(const growth::FirmFile& file, Settings settings = {}) {
    settings.push_back({"population.firms", "firms.csv"});
    settings.push_back({"industries.machines.demand_growth", "0.10"});
    return growth::read_config(sim::load(JIJU_SOURCE_DIR "/scenarios/tutorial/river-city.toml", settings), &file);
}

inline const std::vector<std::string> all_headings = {"name",      "industry",    "place",    "sales",
                                                      "employees", "founded",     "research", "capital",
                                                      "patents",   "group_sales", "listed",   "high_tech"};

// A dozen firms of which everything is known.
inline growth::FirmFile dozen() {
    Rows rows;
    for (int k = 0; k < 12; ++k) {
        const double sales = 0.2 * (k + 1) * (k + 1);
        rows.push_back({fmt::format("Firm {}", k), k % 2 == 0 ? "machines" : "Machines",
                        k % 3 == 0 ? "old_town" : "东部开发区", fmt::format("{}", sales),
                        fmt::format("{}", 20 + 90 * k), fmt::format("{}", 1985 + 2 * k),
                        k % 4 == 0 ? "0" : fmt::format("{}", 0.01 * k * sales / 3),
                        fmt::format("{}", (0.2 + 0.05 * k) * sales), fmt::format("{}", k / 2),
                        fmt::format("{}", sales * (1 + k % 2)), k == 11 ? "yes" : "no", k % 5 == 1 ? "1" : "0"});
    }
    return file_of(all_headings, rows);
}

}  // namespace growth_tests
