// Rules that a layout must keep, so that every netCDF reader shows the file as it was meant (docs/output_format.md).
#include "sim/record/layout.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace sim {

std::string RecordedFactor::label(double value, bool zh) const {
    if (std::isnan(value)) return {};
    const auto& words = zh ? levels_zh : levels;
    const auto at = static_cast<std::size_t>(value);
    return at < words.size() ? words[at] : fmt::format("{:.6g}", value);
}
namespace {

[[noreturn]] void refuse(const std::string& message) {
    throw std::invalid_argument("results layout: " + message);
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void check_name(const std::string& name) {
    const auto allowed = [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; };
    if (name.empty() || !is_letter(name[0]) || !std::all_of(name.begin(), name.end(), allowed))
        refuse(fmt::format("'{}' is not a name of ASCII letters, digits and underscores", name));
}

void check_text(const std::string& text, const std::string& where) {
    if (text.find('\0') != std::string::npos) refuse("a text of " + where + " holds a zero byte");
}

// `names` starts with those that the writer gives itself.
void check_attributes(const Attributes& attributes, const std::string& where, std::set<std::string> names) {
    for (const auto& [name, value] : attributes) {
        check_name(name);
        if (!names.insert(name).second) refuse(fmt::format("attribute '{}' of {} is given twice", name, where));
        if (const auto* text = std::get_if<std::string>(&value)) check_text(*text, where);
    }
}

// xarray turns a variable in one of these units into timedelta64, whatever it means.
bool is_unit_of_duration(std::string_view unit) {
    constexpr std::array<std::string_view, 14> units{"d",       "day",          "days",   "h",       "hour",
                                                     "hours",   "min",          "minute", "minutes", "s",
                                                     "seconds", "milliseconds", "sec",    "second"};
    return std::find(units.begin(), units.end(), unit) != units.end();
}

void check_axis(const Axis& axis, std::size_t scenarios) {
    check_name(axis.name);
    const auto kinds = !axis.keys.empty() + !axis.values.empty() + !axis.numbers.empty() + (axis.length > 0);
    if (kinds != 1 && !(kinds == 0 && axis.may_be_empty))
        refuse(fmt::format("axis '{}' must have one of keys, values, numbers or length", axis.name));
    if (!axis.ends.empty() && axis.ends.size() != axis.values.size())
        refuse(fmt::format("axis '{}' has {} points but {} ends", axis.name, axis.size(), axis.ends.size()));
    for (const auto* labels : {&axis.labels, &axis.labels_zh}) {
        if (!labels->empty() && labels->size() != axis.size())
            refuse(fmt::format("axis '{}' has {} points but {} labels", axis.name, axis.size(), labels->size()));
        for (const auto& label : *labels) check_text(label, axis.name);
    }
    if (std::set(axis.keys.begin(), axis.keys.end()).size() != axis.keys.size())
        refuse(fmt::format("axis '{}' has a key twice", axis.name));
    for (const auto& key : axis.keys) check_text(key, axis.name);
    for (const auto& companion : axis.companions) {
        const auto length = std::visit([](const auto& values) { return values.size(); }, companion.values);
        if (length != axis.size() * (companion.by_scenario ? scenarios : 1))
            refuse(fmt::format("axis '{}' has {} points but '{}' {}", axis.name, axis.size(), companion.name, length));
    }
    if (axis.units.starts_with("year") || axis.units.starts_with("month"))
        if (axis.units.find(" since ") != std::string::npos)
            refuse(fmt::format("axis '{}': '{}' has no fixed length; count in days", axis.name, axis.units));
}

void check_variable(const Variable& variable, const std::set<std::string>& axes) {
    const auto& dims = variable.dims;
    for (const auto& dim : dims)
        if (!axes.contains(dim)) refuse(fmt::format("'{}' has no axis '{}'", variable.name, dim));
    if (std::set(dims.begin(), dims.end()).size() != dims.size())
        refuse(fmt::format("'{}' has a dimension twice", variable.name));
    if (variable.units.empty() || variable.long_name.empty())
        refuse(fmt::format("'{}' has no unit or no long name", variable.name));
    if (is_unit_of_duration(variable.units))
        refuse(fmt::format("'{}': readers take '{}' for a span of time", variable.name, variable.units));
    check_attributes(variable.extra, variable.name,
                     {"units", "long_name", "long_name_zh", "coordinates", "source", "cell_methods"});
    for (const auto* text : {&variable.units, &variable.long_name, &variable.long_name_zh, &variable.source})
        check_text(*text, variable.name);
}

}  // namespace

std::size_t Axis::size() const {
    if (!keys.empty()) return keys.size();
    if (!numbers.empty()) return numbers.size();
    return values.empty() ? length : values.size();
}

std::vector<std::string> Axis::auxiliaries() const {
    std::vector<std::string> names;
    if (!labels.empty()) names.push_back(name + "_name");
    if (!labels_zh.empty()) names.push_back(name + "_name_zh");
    for (const auto& companion : companions) names.push_back(companion.name);
    return names;
}

bool Axis::has_intervals() const {
    return !ends.empty() || !numbers.empty();
}

namespace {

// The first day of a part of a year: of a month where months divide evenly, else the day on or before the fraction. The
// part after the last is the next year's first.
std::chrono::sys_days start_of_part(std::chrono::year year, int part, int parts) {
    using namespace std::chrono;
    const int months_before = part * 12 / parts;
    const sys_days start = year / January / 1;
    if (part == parts) return (year + years(1)) / January / 1;
    if (12 % parts == 0) return year / month(static_cast<unsigned>(months_before + 1)) / 1;
    const auto length = (sys_days((year + years(1)) / January / 1) - start).count();
    return start + days(length * part / parts);
}

struct PartWords {
    const char *name, *long_name, *long_name_zh;
};

// What a part is called where so many make a year.
PartWords words_of_part(int parts) {
    if (parts == 2) return {"half", "half of the year", "半年"};
    if (parts == 4) return {"quarter", "quarter of the year", "季度"};
    if (parts == 12) return {"month", "month of the year", "月份"};
    return {"part", "part of the year", "年内时段"};
}

}  // namespace

Axis calendar_axis(std::string name, int first_year, std::size_t steps, int steps_per_year) {
    using namespace std::chrono;
    if (steps_per_year < 1 || steps_per_year > 365)
        refuse(fmt::format("{} steps to the year have no calendar", steps_per_year));
    const sys_days first = year(first_year) / January / 1;
    std::vector<double> starts, ends;
    std::vector<std::int32_t> years;
    std::vector<std::int32_t> parts;
    for (int step = 0; step < static_cast<int>(steps); ++step) {
        const auto year_of_start = year(first_year) + std::chrono::years(step / steps_per_year);
        const int part = step % steps_per_year;
        const auto day = [&](int number) {
            return duration<double, days::period>(start_of_part(year_of_start, number, steps_per_year) - first).count();
        };
        starts.push_back(day(part));
        ends.push_back(day(part + 1));
        years.push_back(static_cast<int>(year_of_start));
        parts.push_back(part + 1);
    }
    Axis axis{.name = std::move(name), .long_name = "start of the step", .long_name_zh = "时段起始日"};
    axis.values = std::move(starts);
    axis.ends = std::move(ends);
    axis.units = fmt::format("days since {:04d}-01-01", first_year);
    axis.calendar = "proleptic_gregorian";
    axis.companions.push_back({"calendar_year", std::move(years), "1", "calendar year", "年份"});
    if (steps_per_year == 1) return axis;
    const auto [word, long_name, long_name_zh] = words_of_part(steps_per_year);
    axis.companions.push_back({word, std::move(parts), "1", long_name, long_name_zh});
    return axis;
}

const Axis& axis_of(const std::vector<Axis>& axes, std::string_view name) {
    const auto found = std::find_if(axes.begin(), axes.end(), [&](const Axis& axis) { return axis.name == name; });
    if (found == axes.end()) refuse(fmt::format("there is no axis '{}'", name));
    return *found;
}

namespace {

// What the writer itself adds to a file (docs/output_format.md).
constexpr std::array own_names{"scenario",
                               "scenario_name",
                               "scenario_name_zh",
                               "scenario_toml",
                               "scenario_sha256",
                               "factor",
                               "factor_name",
                               "factor_name_zh",
                               "factor_setting",
                               "factor_levels",
                               "factor_levels_zh",
                               "design",
                               "design_label",
                               "design_label_zh",
                               "replicate",
                               "replicate_status",
                               "replicate_draw",
                               "bnds",
                               "draw",
                               "parameter_value",
                               "scenario_parameter_value",
                               "statistic",
                               "failure",
                               "failure_scenario",
                               "failure_replicate",
                               "failure_step",
                               "failure_cause",
                               "observation",
                               "panel_scenario",
                               "panel_replicate",
                               "statistics_counts",
                               "statistics_integers",
                               "statistics_buckets",
                               "statistics_numbers"};

void check_scenarios(const Layout& layout) {
    if (layout.scenarios.empty()) refuse("there is no scenario");
    std::set<std::string> keys;
    for (const auto& arm : layout.scenarios) {
        if (!keys.insert(arm.key).second) refuse(fmt::format("two scenarios are called '{}'", arm.key));
        for (const auto* text : {&arm.key, &arm.name, &arm.name_zh, &arm.toml})
            check_text(*text, "scenario " + arm.key);
        if (arm.design.size() != layout.factors.size())
            refuse(fmt::format("scenario '{}' has {} values for {} factors", arm.key, arm.design.size(),
                               layout.factors.size()));
    }
    for (const auto& factor : layout.factors)
        for (const auto* levels : {&factor.levels, &factor.levels_zh})
            for (const auto& level : *levels) check_text(level, "factor " + factor.key);
}

}  // namespace

void check_layout(const Layout& layout) {
    std::set<std::string> taken;
    const auto take = [&](const std::string& name) {
        check_name(name);
        if (!taken.insert(name).second) refuse(fmt::format("'{}' names two things", name));
    };
    for (const auto* name : own_names) take(name);
    check_scenarios(layout);
    std::set<std::string> axes;
    const auto take_axis = [&](const Axis& axis) {
        check_axis(axis, layout.scenarios.size());
        take(axis.name);
        for (const auto& auxiliary : axis.auxiliaries()) take(auxiliary);
        if (axis.has_intervals()) take(axis.name + "_bnds");
        axes.insert(axis.name);
    };
    for (const auto& axis : layout.axes) take_axis(axis);
    for (const auto* axis : {&layout.drawn.shared, &layout.drawn.own})
        if (axis->size() > 0) take_axis(*axis);
    for (const auto* variables : {&layout.variables, &layout.panel})
        for (const auto& variable : *variables) {
            take(variable.name);
            check_variable(variable, axes);
        }
    for (const auto& variable : layout.variables) take(variable.name + "_statistics");
    check_attributes(layout.attributes, "the file",
                     {"Conventions", "filetype", "schema_version", "replicates", "first_replicate",
                      "planned_replicates", "run_sha256", "status", "data_digest", "content_digest"});
}

std::size_t row_length(const std::vector<Axis>& axes, const Variable& variable) {
    std::size_t length = 1;
    for (const auto& dim : variable.dims) length *= axis_of(axes, dim).size();
    return length;
}

Variable variable_of(const Spec& spec, std::vector<std::string> dims) {
    return {std::string(spec.name),   std::string(spec.unit), std::string(spec.text), std::string(spec.zh),
            std::string(spec.source), std::move(dims),        spec.over_time};
}

}  // namespace sim
