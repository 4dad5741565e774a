// The order and the form in which mistakes are reported.
#include "sim/scenario/problems.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "sim/scenario/document.hpp"

namespace sim {

std::string Source::text() const {
    return line > 0 ? fmt::format("{}:{}:{}", file, line, column) : file;
}

void Problems::add(Source source, std::string message) {
    found_.push_back({std::move(source), std::move(message)});
}

void Problems::add(std::string place, std::string message) {
    add(Source{std::move(place), 0, 0}, std::move(message));
}

void Problems::add(const Document& document, std::string_view dotted_path, std::string message) {
    add(document.where(dotted_path), std::move(message));
}

std::vector<Problem> Problems::sorted() const {
    auto found = found_;
    const auto order = [](const Found& f) { return std::tie(f.source.file, f.source.line, f.source.column); };
    std::stable_sort(found.begin(), found.end(), [&](const Found& a, const Found& b) { return order(a) < order(b); });
    std::vector<Problem> lines;
    for (const auto& [source, message] : found) lines.push_back({source.text(), message});
    return lines;
}

void Problems::throw_if_any() const {
    if (!empty()) throw ScenarioError(sorted());
}

}  // namespace sim
