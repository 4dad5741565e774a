// Names as people write them: the nearest valid one, safe quoting, and dotted paths such as garden.watering.daily.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

// Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions, neighbours swapped.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The option a misspelt or shortened word probably meant; nothing if none is near.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> options);

// `; did you mean "x"?`, else the valid names if they are few (introduced by `what`), else nothing.
[[nodiscard]] std::string suggestion(std::string_view word, std::span<const std::string_view> options,
                                     std::string_view what);

// In double quotes, control characters made visible, cut when long: for messages.
[[nodiscard]] std::string in_quotes(std::string_view text);

// Dotted paths; a part that TOML would not take bare stands in double quotes.
[[nodiscard]] std::string key_text(std::string_view key);
[[nodiscard]] std::string join(std::string_view path, std::string_view key);
[[nodiscard]] std::optional<std::vector<std::string>> split_path(std::string_view path);

}  // namespace sim
