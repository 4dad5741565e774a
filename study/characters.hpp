// Text as a reader sees it: characters of UTF-8, the places they take on a terminal, and which of them are safe there.
// Widths follow Unicode's East Asian Width, wide and full-width characters taking two places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jiju {

struct Character {
    std::uint32_t code;
    std::size_t bytes;
};

// The first of a text that is not empty; a byte that begins none stands for itself.
[[nodiscard]] Character first_of(std::string_view text);
// On a terminal.
[[nodiscard]] std::size_t places_of(std::uint32_t code);

// Places that a UTF-8 text takes on a terminal.
[[nodiscard]] std::size_t display_width(std::string_view text);

// Without what could steer a terminal: names may come from a stranger's file.
[[nodiscard]] std::string harmless(std::string_view text);

}  // namespace jiju
