// What CLI11 says: in the language of the person, and in better words where it refuses.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace jiju {

// Headings and labels of the help, before any command is added, which takes them over.
void name_parts(CLI::App& app);

// What CLI11 says of words it refuses (CLI/Error.hpp), in the language of the person.
[[nodiscard]] std::string refusal(const std::string& said);

// UsageError for a word that the grammar does not know, with the nearest one: CLI11 names neither.
void check_words(CLI::App& app, const std::vector<std::string>& words);

}  // namespace jiju
