// Widths follow Unicode's East Asian Width, wide and full-width characters taking two places.
#include "apps/table.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>

namespace jiju {
namespace {

constexpr std::size_t least_flexible = 24;
constexpr std::size_t between_columns = 2;

struct Character {
    std::uint32_t code;
    std::size_t bytes;
};

constexpr std::uint32_t invalid = 0xFFFD;

// The first character; a byte that begins none stands for itself.
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

bool steers(std::uint32_t code) {
    const bool turns_direction = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == invalid || turns_direction;
}

std::string cut(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) return std::string(text);
    std::string kept;
    for (std::size_t places = 0; !text.empty();) {
        const auto [code, bytes] = first_of(text);
        places += places_of(code);
        if (places + 1 > width) break;
        kept += text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    return kept + "…";
}

std::string entry_of_markdown(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '|' || c == '<') safe += '\\';
        safe += c;
    }
    return safe;
}

std::vector<std::size_t> widths_of(const Table& table, std::size_t limit) {
    std::vector<std::size_t> widths;
    for (const auto& column : table.columns) widths.push_back(display_width(column.title));
    for (const auto& row : table.rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(harmless(row[i])));
    const auto line = std::accumulate(widths.begin(), widths.end(), between_columns * (widths.size() - 1));
    if (limit == 0 || line <= limit) return widths;
    for (std::size_t i = 0; i < widths.size(); ++i)
        if (table.columns[i].is_flexible && widths[i] > least_flexible) {
            widths[i] -= std::min(line - limit, widths[i] - least_flexible);
            break;
        }
    return widths;
}

}  // namespace

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

std::string Table::text(std::size_t width, std::size_t indent) const {
    const auto widths = widths_of(*this, width > indent ? width - indent : 0);
    std::string lines;
    const auto add = [&](const std::vector<std::string>& entries) {
        std::string line(indent, ' ');
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto shown = cut(harmless(entries[i]), widths[i]);
            const std::string space(widths[i] - display_width(shown), ' ');
            if (i > 0) line.append(between_columns, ' ');
            line += columns[i].is_number ? space + shown : shown + space;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        lines += line + '\n';
    };
    std::vector<std::string> titles;
    for (const auto& column : columns) titles.push_back(column.title);
    add(titles);
    for (const auto& row : rows) add(row);
    return lines;
}

std::string Table::markdown() const {
    std::string heads = "|", rules = "|", body;
    for (const auto& column : columns) {
        heads += " " + column.title + " |";
        rules += column.is_number ? "---:|" : "---|";
    }
    for (const auto& row : rows) {
        body += "|";
        for (const auto& entry : row) body += " " + entry_of_markdown(harmless(entry)) + " |";
        body += "\n";
    }
    return heads + "\n" + rules + "\n" + body;
}

}  // namespace jiju
