// Where the table of firms lies that a scenario names (docs/scenarios.md): read here, so that the model knows no files.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "models/growth/config.hpp"
#include "models/growth/firm_rows.hpp"
#include "sim/scenario/document.hpp"

namespace jiju {

using FirmFile = std::shared_ptr<const growth::FirmFile>;

// The table of `population.firms`, relative to the file that says so, or to the current folder where a setting does.
// Where it is not there, or another, and the scenario says by its SHA-256 which it was, as an effective scenario does:
// one of that name in a folder near by. nullptr where none is named. ScenarioError where it cannot be read.
[[nodiscard]] FirmFile firm_file_of(const sim::Document& document);

// Whether two documents name the same table in the same place, so that one that was read need not be read again.
[[nodiscard]] bool name_same_firms(const sim::Document& one, const sim::Document& other);

// Of a table that was read before: its bytes, and the name of its file.
[[nodiscard]] FirmFile firm_file_from(std::string bytes, const std::string& name);

// The same for the scenario of a results file, which says by its SHA-256 which table that was: looked for by its name
// in the folder of the results, the one above and the current one, in the folders in these, and in those of the
// shelves. nullptr where no such file is there any more, which is enough to look at results.
[[nodiscard]] FirmFile firm_file_of_results(const sim::Document& document, const std::filesystem::path& results);

// The same, but ScenarioError where it is not there.
[[nodiscard]] FirmFile required_firm_file(const sim::Document& document, const std::filesystem::path& results);

// Before a run: ScenarioError where a table is named that has not been found.
void require_firms(const growth::Config& config, const std::filesystem::path& results);

}  // namespace jiju
