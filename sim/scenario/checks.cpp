// The sentences a reader of a scenario meets most often.
#include "sim/scenario/checks.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/names.hpp"

namespace sim {

void wrong_type(const Node& node, std::string_view path, std::string_view expected, Problems& problems) {
    problems.add(node.source, translated("{}: expected {}, found {}", path, expected, found(node)));
}

std::optional<double> read_number(const Node& node, std::string_view path, Problems& problems) {
    if (!node.is_number()) {
        wrong_type(node, path, translated("a number"), problems);
        return std::nullopt;
    }
    if (!std::isfinite(node.number())) {
        wrong_type(node, path, translated("a finite number"), problems);
        return std::nullopt;
    }
    return node.number();
}

void check_bounds(double value, const Spec& spec, const Source& source, std::string_view what, Problems& problems) {
    if (value >= spec.lower && value <= spec.upper) return;
    const bool below = value < spec.lower;
    const auto bound = below ? spec.lower : spec.upper;
    problems.add(source,
                 below ? translated("{} is below {}{}; allowed: {}", what, bound, unit_text(spec), bounds_text(spec))
                       : translated("{} is above {}{}; allowed: {}", what, bound, unit_text(spec), bounds_text(spec)));
}

void check_keys(const Node& table, std::string_view path, std::span<const std::string_view> names, Problems& problems) {
    const auto place = path.empty() ? translated("at the top level") : translated("in [{}]", path);
    for (const auto& child : table.children()) {
        if (std::find(names.begin(), names.end(), child.key) != names.end()) continue;
        problems.add(child.key_source, translated("unknown key {} {}{}", in_quotes(child.key), place,
                                                  suggestion(child.key, names, translated("valid keys"))));
    }
}

std::optional<std::size_t> read_word(const Node& node, std::string_view path, std::span<const std::string_view> options,
                                     Problems& problems) {
    if (!node.is(Node::Kind::string)) {
        wrong_type(node, path, "text", problems);
        return std::nullopt;
    }
    const auto at = std::find(options.begin(), options.end(), node.string());
    if (at != options.end()) return static_cast<std::size_t>(at - options.begin());
    const auto near = nearest(node.string(), options);
    problems.add(node.source,
                 translated("{} = {} is not one of {}{}", path, in_quotes(node.string()), fmt::join(options, ", "),
                            near ? translated("; did you mean {}?", in_quotes(*near)) : ""));
    return std::nullopt;
}

namespace {

UnitWords::Words& unit_words() {
    thread_local UnitWords::Words words;
    return words;
}

}  // namespace

UnitWords::UnitWords(Words words) : before_(std::exchange(unit_words(), std::move(words))) {}

UnitWords::~UnitWords() {
    unit_words() = std::move(before_);
}

std::string unit_text(const Spec& spec) {
    if (spec.unit.empty() || spec.unit == "1") return {};
    const auto& words = unit_words();
    return fmt::format(" ({})", words ? words(spec.unit) : std::string(spec.unit));
}

std::string bounds_text(const Spec& spec) {
    const bool below = std::isfinite(spec.lower), above = std::isfinite(spec.upper);
    if (below && above) return translated("{} to {}", spec.lower, spec.upper);
    if (below) return translated("at least {}", spec.lower);
    if (above) return translated("at most {}", spec.upper);
    return {};
}

}  // namespace sim
