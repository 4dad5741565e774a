// From TOML text to a tree of values, in the order and with the positions of the text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/node.hpp"

namespace sim {

// Nothing if the text is not TOML, or beyond the limits; adds the reason to the problems.
[[nodiscard]] std::optional<Node> parse_toml(std::string_view text, const std::string& file, Problems& problems);

// The value of a `--set`: as TOML has it, else the words themselves, so that no quotes are needed in a shell.
[[nodiscard]] std::optional<Node> parse_value(std::string_view text, const Source& source, Problems& problems);

}  // namespace sim
