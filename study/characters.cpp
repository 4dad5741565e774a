#include "study/characters.hpp"

#include <algorithm>
#include <array>

namespace jiju {
namespace {

constexpr std::uint32_t invalid = 0xFFFD;

bool steers(std::uint32_t code) {
    const bool turns_direction = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == invalid || turns_direction;
}

}  // namespace

Character first_of(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t bytes = lead < 0x80   ? 1
                              : lead < 0xC2 ? 0
                              : lead < 0xE0 ? 2
                              : lead < 0xF0 ? 3
                              : lead < 0xF5 ? 4
                                            : 0;
    if (bytes == 0 || bytes > text.size()) return {invalid, 1};
    std::uint32_t code = bytes == 1 ? lead : lead & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0U) != 0x80) return {invalid, 1};
        code = code << 6U | (next & 0x3FU);
    }
    return {code, bytes};
}

std::size_t places_of(std::uint32_t code) {
    struct Range {
        std::uint32_t first, last;
    };
    constexpr std::array<Range, 10> wide{{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1F9FF},
                                          {0x20000, 0x3FFFD}}};
    if (code >= 0x300 && code <= 0x36F) return 0;  // accents stand over the letter before
    const auto holds = [code](const Range& range) { return code >= range.first && code <= range.last; };
    return std::any_of(wide.begin(), wide.end(), holds) ? 2 : 1;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const auto [code, bytes] = first_of(text);
        width += places_of(code);
        text.remove_prefix(bytes);
    }
    return width;
}

std::string harmless(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        const auto [code, bytes] = first_of(text);
        safe += steers(code) ? "?" : text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    return safe;
}

}  // namespace jiju
