#include "models/growth/measure/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/growth/measure/figures.hpp"

namespace growth {

namespace {

struct Word {
    std::string_view word, kind;
    double factor;
    std::string_view zh;
};

// 15 mu are a hectare. Longer words first, so that none is replaced within another.
constexpr std::array words{
    Word{"CNY", "money", 1, "元"},      Word{"km2", "area", 1500, "平方公里"}, Word{"ha", "area", 15, "公顷"},
    Word{"mu", "area", 1, "亩"},        Word{"m2", "area", 0.0015, "平方米"},  Word{"persons", "person", 1, "人"},
    Word{"person", "person", 1, "人"},  Word{"workers", "person", 1, "人"},    Word{"jobs", "person", 1, "人"},
    Word{"talents", "count", 1, "人"},  Word{"firms", "count", 1, "家"},       Word{"centres", "count", 1, "家"},
    Word{"teams", "count", 1, "个"},    Word{"industries", "count", 1, "个"},  Word{"fields", "count", 1, "个"},
    Word{"clusters", "count", 1, "个"}, Word{"places", "count", 1, "个"},      Word{"zones", "count", 1, "个"},
    Word{"patents", "count", 1, "件"},  Word{"%", "share", 0.01, "%"}};

std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const auto to = std::min(text.find('/', from), text.size());
        parts.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

bool is_kind(const Unit& given, const Unit& natural) {
    if (natural.kind == "count" && (given.kind == "count" || given.kind == "person" || given.kind == "share"))
        return !given.per_person && given.factor != 0.01;  // a number of things, whatever they are called
    return given.kind == natural.kind && given.per_person == natural.per_person && given.per_year == natural.per_year;
}

}  // namespace

std::optional<Unit> unit_of(std::string_view text) {
    const auto parts = parts_of(text);
    Unit unit;
    auto head = parts.front();
    const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), unit.factor);
    const bool has_number = error == std::errc();
    if (has_number) head.remove_prefix(static_cast<std::size_t>(end - head.data()));
    while (head.starts_with(' ')) head.remove_prefix(1);
    if (head.empty() && has_number) {
        unit.kind = "share";
    } else {
        const auto found = std::ranges::find(words, head, &Word::word);
        if (found == words.end()) return std::nullopt;
        unit.kind = found->kind;
        unit.factor *= found->factor;
    }
    for (std::size_t i = 1; i < parts.size(); ++i) {
        if (parts[i] == "year")
            unit.per_year = true;
        else if (parts[i] == "person" || parts[i] == "worker")
            unit.per_person = true;
        else
            return std::nullopt;
    }
    if (!(unit.factor > 0)) return std::nullopt;
    return unit;
}

std::string natural_unit(const Target& target) {
    if (target.count != Counted::nothing)
        return target.as_share ? std::string("1") : std::string(sim::word_of(target.count));
    if (target.measure == Measure::ratio || target.measure == Measure::share) return "1";
    if (target.measure == Measure::growth) return "1/year";
    const Figure* counted = figure_of(target.output, target.where);
    if (counted == nullptr) return "1";
    std::string unit(counted->unit);
    if (target.measure == Measure::per_worker) unit += "/person";
    if (counted->over_time == sim::OverTime::sum) unit += "/year";
    return unit;
}

std::optional<double> unit_factor(const Target& target) {
    return unit_factor(target, natural_unit(target));
}

std::optional<double> unit_factor(const Target& target, std::string_view text) {
    if (target.unit.empty() || target.unit == text) return 1.0;
    const auto given = unit_of(target.unit);
    auto natural = unit_of(text);
    if (!given || !natural) return std::nullopt;
    const Figure* counted = target.count == Counted::nothing ? figure_of(target.output, target.where) : nullptr;
    const bool is_amount = target.measure == Measure::level || target.measure == Measure::change;
    if (counted != nullptr && is_amount && counted->is_number()) natural->kind = "count";
    if (!is_kind(*given, *natural)) return std::nullopt;
    return given->factor / natural->factor;
}

std::string known_units() {
    std::vector<std::string_view> all;
    for (const auto& each : words) all.push_back(each.word);
    return fmt::format("{}", fmt::join(all, ", "));
}

std::string unit_in_chinese(std::string unit) {
    const auto replace = [&](std::string_view word, std::string_view zh) {
        if (const auto at = unit.find(word); at != std::string::npos) unit.replace(at, word.size(), zh);
    };
    replace("1e8 CNY", "亿元");
    replace("1e4 ", "万");
    for (const auto& each : words) replace(each.word, each.zh);
    replace("worker", "人");
    replace("year", "年");
    return unit;
}

}  // namespace growth
