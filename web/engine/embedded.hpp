// What the module carries, since a page has no files: the scenarios, and the Chinese texts. Written by embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace jiju::web {

struct EmbeddedFile {
    std::string_view path;  // below scenarios/
    std::string_view text;
};

[[nodiscard]] std::span<const EmbeddedFile> embedded_scenarios();
// A .mo file (sim/describe/translated.hpp).
[[nodiscard]] std::string_view embedded_catalogue();

}  // namespace jiju::web
