// Which scenarios and designs there are to choose from, with their names in both languages.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace jiju {

struct CatalogueEntry {
    std::string key;  // what the command line takes
    std::filesystem::path path;
    bool is_own = false;                                         // of the working folder, not of a shelf
    std::string name{}, name_zh{}, city{}, city_zh{};            // of a scenario
    std::string base{};                                          // of a design, as written
    std::vector<std::pair<std::string, std::string>> factors{};  // of a design: names in both languages
    std::string problem{};                                       // why it cannot be read
};

// Those on the shelves (scenario_search), then those of the working folder and of the folders in it.
[[nodiscard]] std::vector<CatalogueEntry> scenarios_there_are();
[[nodiscard]] std::vector<CatalogueEntry> designs_there_are();
// The scenarios with their keys and paths alone, none of them opened.
[[nodiscard]] std::vector<CatalogueEntry> scenario_files_there_are();

}  // namespace jiju
