// How the summary of a run is shown: as tables for a terminal, or as JSON.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/output/reader.hpp"
#include "study/summary.hpp"

namespace jiju {

// For standard output: a table of targets for each scenario, or of many scenarios the probabilities; or all as JSON.
[[nodiscard]] std::string shown(const std::vector<Summary>& summaries, sim::Language language, bool as_json);

// Why there are no errors, where draws are too few, and what would help.
[[nodiscard]] std::string text_of_lack(const Summary& summary, sim::Language language);

// As text of one line each, without those said before.
[[nodiscard]] std::string text_of(const std::vector<growth::Warning>& warnings, sim::Language language);

// Tables of the purses that were short, of several scenarios a row each; empty where none was.
[[nodiscard]] std::string text_of_purses(const std::vector<Summary>& summaries, sim::Language language,
                                         std::size_t width);

// As the language writes it after a number.
[[nodiscard]] inline const char* percent_sign(sim::Language language) {
    return language == sim::Language::zh ? "%" : " %";
}

[[nodiscard]] nlohmann::ordered_json json_of(const std::vector<Summary>& summaries);
[[nodiscard]] nlohmann::ordered_json json_of(const std::vector<ShortPurse>& purses);
// JSON as this program prints it.
[[nodiscard]] std::string dump(const nlohmann::ordered_json& json);

}  // namespace jiju
