// Spelling and quoting of names.
#include "sim/scenario/names.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/describe/translated.hpp"

namespace sim {
namespace {

constexpr std::size_t few_names = 12;
constexpr std::size_t longest_quote = 60;
constexpr std::size_t names_compared = 1000;  // bounds the work on a hostile file

bool is_bare(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> two_back, previous(b.size() + 1), current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                current[j] = std::min(current[j], two_back[j - 2] + 1);
        }
        two_back = previous;
        previous = current;
    }
    return previous[b.size()];
}

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> options) {
    std::optional<std::string_view> best;
    auto least = std::clamp<std::size_t>((word.size() + 1) / 3, 1, 3) + 1;
    for (const auto option : options.first(std::min(options.size(), names_compared))) {
        const auto gap = word.size() > option.size() ? word.size() - option.size() : option.size() - word.size();
        if (gap >= least) continue;
        const auto distance = edit_distance(word, option);
        if (distance < least && distance < std::max(word.size(), option.size())) {  // something in common
            least = distance;
            best = option;
        }
    }
    if (best) return best;
    // the first of its words alone, and of one option only
    const auto begins = [&](std::string_view option) {
        return option.size() > word.size() && option.starts_with(word) && option[word.size()] == '_';
    };
    const auto first = std::find_if(options.begin(), options.end(), begins);
    return word.empty() || std::count_if(options.begin(), options.end(), begins) != 1 ? best : *first;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> options, std::string_view what) {
    if (const auto near = nearest(word, options)) return translated("; did you mean {}?", in_quotes(*near));
    if (options.empty() || options.size() > few_names) return {};
    return fmt::format("; {}: {}", what, fmt::join(options, ", "));
}

std::string in_quotes(std::string_view text) {
    std::string shown;
    for (const char c : text) {
        if (shown.size() >= longest_quote && (c & 0xC0) != 0x80) {  // never inside a character
            shown += "…";
            break;
        }
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F)
            shown += fmt::format("\\x{:02X}", byte);
        else
            shown += c;
    }
    return fmt::format("\"{}\"", shown);
}

std::string key_text(std::string_view key) {
    if (!key.empty() && std::all_of(key.begin(), key.end(), is_bare)) return std::string(key);
    std::string text = "\"";
    for (const char c : key) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            text += {'\\', c};
        else if (byte < 0x20 || byte == 0x7F)
            text += fmt::format("\\u{:04X}", byte);
        else
            text += c;
    }
    return text += '"';
}

std::string join(std::string_view path, std::string_view key) {
    return path.empty() ? key_text(key) : fmt::format("{}.{}", path, key_text(key));
}

std::optional<std::vector<std::string>> split_path(std::string_view path) {
    constexpr std::string_view forbidden = "\"'=[]{}#\\,";
    std::vector<std::string> parts;
    for (std::size_t at = 0;; ++at) {
        auto end = at;
        if (at < path.size() && path[at] == '"') {
            std::string part;
            for (end = at + 1; end < path.size() && path[end] != '"'; ++end) {
                if (path[end] == '\\' && end + 1 < path.size()) ++end;
                part += path[end];
            }
            if (end++ >= path.size()) return std::nullopt;
            parts.push_back(std::move(part));
        } else {
            end = std::min(path.find('.', at), path.size());
            const auto part = path.substr(at, end - at);
            const auto bad = [&](char c) {
                return static_cast<unsigned char>(c) <= ' ' || forbidden.find(c) != forbidden.npos;
            };
            if (part.empty() || std::any_of(part.begin(), part.end(), bad)) return std::nullopt;
            parts.emplace_back(part);
        }
        if (end >= path.size()) return parts;
        if (path[end] != '.') return std::nullopt;
        at = end;
    }
}

}  // namespace sim
