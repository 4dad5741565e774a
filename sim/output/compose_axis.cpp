// As CF has it: `bounds` and `flag_meanings`. What CF's bounds inherit of their coordinate is not said again, for
// readers that save a file again leave out what is said twice.
#include "sim/output/compose_axis.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <type_traits>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sim {
namespace {

constexpr auto both_ends = "bnds";

void compose_bounds(const Axis& axis, Medium& medium) {
    const Medium::About description{"", axis.name + ": begin and end of the interval", axis.name + "：区间起止"};
    const auto add = [&]<class T>(const std::vector<T>& starts, auto&& end) {
        std::vector<T> both;
        for (std::size_t i = 0; i < starts.size(); ++i) both.insert(both.end(), {starts[i], end(i)});
        medium.add_variable(axis.name + "_bnds", {axis.name, both_ends}, std::span<const T>(both), description);
    };
    if (axis.numbers.empty())
        add(axis.values, [&](std::size_t i) { return axis.ends[i]; });
    else
        add(axis.numbers, [&](std::size_t i) { return axis.numbers[i] + 1; });
}

void compose_companion(const Companion& companion, const std::string& along, Medium& medium) {
    std::vector<std::string> dims{along};
    if (companion.by_scenario) dims.emplace(dims.begin(), scenario_axis);
    const auto add = [&]<class T>(const std::vector<T>& values) {
        const bool is_text = std::is_same_v<T, std::string>;
        const Medium::About description{is_text ? "" : companion.units, companion.long_name, companion.long_name_zh};
        if constexpr (is_text)
            medium.add_texts(companion.name, dims, values, description);
        else
            medium.add_variable(companion.name, dims, std::span<const T>(values), description);
    };
    std::visit(add, companion.values);
}

template <class T>
Attributes attributes_of(const Codes& codes) {
    std::vector<T> values;
    std::vector<std::string> words = codes.words;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto number = static_cast<std::int32_t>(i);
        values.push_back(static_cast<T>(codes.masks ? std::int32_t{1} << number : codes.first + number));
        std::replace(words[i].begin(), words[i].end(), ' ', '_');
    }
    return {{codes.masks ? "flag_masks" : "flag_values", values},
            {"flag_meanings", fmt::format("{}", fmt::join(words, " "))}};
}

template <class T>
void compose_as(const Variable& variable, const std::string& along, const std::vector<double>& values, Medium& medium) {
    const bool is_coded = !variable.codes.words.empty();
    Medium::About description{is_coded ? "" : variable.units, variable.long_name, variable.long_name_zh,
                              variable.extra};
    if constexpr (std::is_same_v<T, std::int8_t> || std::is_same_v<T, std::int32_t>)
        if (is_coded)
            for (auto& attribute : attributes_of<T>(variable.codes)) description.more.push_back(std::move(attribute));
    std::vector<T> stored(values.size());
    std::transform(values.begin(), values.end(), stored.begin(), [](double value) { return static_cast<T>(value); });
    medium.add_variable(variable.name, {along}, std::span<const T>(stored), description);
}

}  // namespace

void compose_axis(const Axis& axis, Medium& medium) {
    Medium::About description{"", axis.long_name, axis.long_name_zh};
    if (!axis.calendar.empty())
        description.more = {{"calendar", axis.calendar}, {"standard_name", "time"}, {"axis", "T"}};
    if (axis.has_intervals()) description.more.push_back({"bounds", axis.name + "_bnds"});
    if (!axis.keys.empty()) {
        medium.add_named_dimension(axis.name, axis.keys, description);
    } else if (axis.length > 0) {
        medium.add_bare_dimension(axis.name, axis.length, description);
    } else {
        description.units = axis.units;
        if (axis.numbers.empty())
            medium.add_dimension(axis.name, std::span(axis.values), description);
        else
            medium.add_dimension(axis.name, std::span(axis.numbers), description);
    }
    const auto& subject = axis.long_name.empty() ? axis.name : axis.long_name;
    const auto& subject_zh = axis.long_name_zh.empty() ? axis.name : axis.long_name_zh;
    if (!axis.labels.empty())
        medium.add_texts(axis.name + "_name", {axis.name}, axis.labels,
                         {"", subject + ": English name", subject_zh + "：英文名称"});
    if (!axis.labels_zh.empty())
        medium.add_texts(axis.name + "_name_zh", {axis.name}, axis.labels_zh,
                         {"", subject + ": Chinese name", subject_zh + "：中文名称"});
    if (axis.has_intervals()) compose_bounds(axis, medium);
    for (const auto& companion : axis.companions) compose_companion(companion, axis.name, medium);
}

void compose_axes(const std::vector<Axis>& axes, Medium& medium) {
    if (std::any_of(axes.begin(), axes.end(), [](const Axis& axis) { return axis.has_intervals(); }))
        medium.add_bare_dimension(both_ends, 2, {"", "begin and end of an interval", "区间起止"});
    for (const auto& axis : axes) compose_axis(axis, medium);
}

void compose_column(const Variable& variable, const std::string& along, const std::vector<double>& values,
                    Medium& medium) {
    switch (variable.stored) {
        case Stored::float64:
            return compose_as<double>(variable, along, values, medium);
        case Stored::int64:
            return compose_as<std::int64_t>(variable, along, values, medium);
        case Stored::int32:
            return compose_as<std::int32_t>(variable, along, values, medium);
        case Stored::int8:
            return compose_as<std::int8_t>(variable, along, values, medium);
    }
}

}  // namespace sim
