// What a scenario file may be before a parser sees it. Measured: toml++ 3.3.0 overruns the stack on a key of 100,000
// parts. Such input is refused here rather than survived there; and characters beyond ASCII, which TOML allows in
// strings and comments only, are better explained here.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/problems.hpp"

namespace sim {

inline constexpr std::size_t largest_file = 1 << 20;  // bytes
inline constexpr int most_key_parts = 65;             // 64 dots
inline constexpr int deepest_brackets = 64;
inline constexpr std::size_t most_files = 64;  // that one scenario may consist of

// The text of an ordinary file of bounded size; otherwise adds one problem at `place`, said of `name`.
[[nodiscard]] std::optional<std::string> read_text(const std::filesystem::path& path, const Source& place,
                                                   std::string_view name, Problems& problems);

// UTF-8 without NUL.
[[nodiscard]] bool is_text(std::string_view text);

// Text, nothing but ASCII outside strings and comments, dotted keys and brackets of bounded depth;
// otherwise adds one problem, in `file`.
[[nodiscard]] bool within_limits(std::string_view text, const std::string& file, Problems& problems);

}  // namespace sim
