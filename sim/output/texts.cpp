#include "sim/output/texts.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

namespace sim {
namespace {

// Lines with their ends; the last may have none.
std::vector<std::size_t> starts_of_lines(std::string_view text) {
    std::vector<std::size_t> starts{0};
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string_view::npos;)
        if (++at < text.size()) starts.push_back(at);
    if (!text.empty()) starts.push_back(text.size());
    return starts;
}

std::string_view line_of(std::string_view text, const std::vector<std::size_t>& starts, std::size_t i) {
    return text.substr(starts[i], starts[i + 1] - starts[i]);
}

}  // namespace

std::string_view Texts::lines(std::size_t from, std::size_t count) const {
    return std::string_view(first_).substr(starts_[from], starts_[from + count] - starts_[from]);
}

void Texts::push_back(std::string text) {
    if (edits_.empty()) {
        first_ = std::move(text);
        starts_ = starts_of_lines(first_);
        edits_.emplace_back();
        return;
    }
    const auto starts = starts_of_lines(text);
    const auto mine = starts_.size() - 1, theirs = starts.size() - 1;
    auto& edits = edits_.emplace_back();
    if (mine == theirs) {
        for (std::size_t i = 0; i < mine; ++i)
            if (const auto line = line_of(text, starts, i); line != lines(i, 1))
                edits.push_back({i, 1, std::string(line)});
        return;
    }
    std::size_t before = 0, behind = 0;
    const auto shorter = std::min(mine, theirs);
    while (before < shorter && line_of(text, starts, before) == lines(before, 1)) ++before;
    while (behind < shorter - before && line_of(text, starts, theirs - 1 - behind) == lines(mine - 1 - behind, 1))
        ++behind;
    edits.push_back(
        {before, mine - before - behind, text.substr(starts[before], starts[theirs - behind] - starts[before])});
}

std::string Texts::operator[](std::size_t i) const {
    std::string text;
    text.reserve(first_.size() + 64);
    std::size_t next = 0;
    for (const auto& [line, removed, added] : edits_.at(i)) {
        text += lines(next, line - next);
        text += added;
        next = line + removed;
    }
    return text += lines(next, starts_.size() - 1 - next);
}

// An edit: line, lines removed and bytes added, each with a space behind, then these bytes.
std::string Texts::packed(std::size_t i) const {
    if (i == 0) return first_;
    std::string text;
    for (const auto& [line, removed, added] : edits_.at(i))
        text += fmt::format("{} {} {} {}", line, removed, added.size(), added);
    return text;
}

void Texts::unpack(const std::string& packed) {
    if (edits_.empty()) return push_back(packed);
    const auto refuse = [] { throw std::invalid_argument("texts: differences that cannot be"); };
    std::size_t at = 0, next = 0;
    const auto number = [&] {
        std::size_t value = 0;
        const auto [end, error] = std::from_chars(packed.data() + at, packed.data() + packed.size(), value);
        at = static_cast<std::size_t>(end - packed.data());
        if (error != std::errc() || at == packed.size() || packed[at] != ' ') refuse();
        ++at;
        return value;
    };
    std::vector<Edit> edits;
    while (at < packed.size()) {
        const auto line = number(), removed = number(), bytes = number();
        const auto last = starts_.size() - 1;
        if (line < next || line > last || removed > last - line || bytes > packed.size() - at) refuse();
        edits.push_back({line, removed, packed.substr(at, bytes)});
        at += bytes;
        next = line + removed;
    }
    edits_.push_back(std::move(edits));
}

}  // namespace sim
