#include "apps/table.hpp"

#include <algorithm>
#include <numeric>

#include "study/characters.hpp"

namespace jiju {
namespace {

constexpr std::size_t least_flexible = 24;
constexpr std::size_t between_columns = 2;

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
        body += '|';
        for (const auto& entry : row) body += " " + entry_of_markdown(harmless(entry)) + " |";
        body += '\n';
    }
    return heads + "\n" + rules + "\n" + body;
}

}  // namespace jiju
