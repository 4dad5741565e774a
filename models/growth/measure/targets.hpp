// What follows from what a target has reached: met or not, by how much short, and when.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>

#include "models/growth/tables.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

// What a target's figure is, where the data of the base year know it under another definition.
enum class FigureKind : std::uint8_t { other, sales, output, value_added };

struct TargetFacts {
    FigureKind now = FigureKind::other;   // of the year
    FigureKind base = FigureKind::other;  // of the year before the start that its growth is counted from
    bool above_scale = false;             // leaves out firms below the threshold of the statistics
    bool grows_by_rate = false;           // a sum of money continues at its rate, a number at its yearly increment
};
TargetFacts facts_of(const Target& target);

// Whether it counts firms by a revenue, which may be the local unit's or the group's.
bool counts_revenue(const Target& target);
// Whether it asks for the level of an industry's output, and for nothing else.
bool is_output_of(const Target& target, std::string_view industry);

// The year in which it is judged.
inline std::int64_t year_of(const Target& target, std::int64_t last_year) {
    return target.year ? static_cast<std::int64_t>(*target.year) : last_year;
}

// The values that count as meeting the target: a tolerance lets a little less, or more, count as well.
struct Wanted {
    double low, high;
};
inline Wanted values_that_meet(const Target& target) {
    constexpr double none = std::numeric_limits<double>::infinity();
    const auto off = [&](double value, double tolerance) {
        return value * (value < 0 ? 1 - tolerance : 1 + tolerance);
    };
    const double low = off(target.value, -target.tolerance), high = off(target.value, target.tolerance);
    switch (target.comparison) {
        case Comparison::at_least:
            return {low, none};
        case Comparison::at_most:
            return {-none, high};
        case Comparison::about:
            return {low, high};
        case Comparison::between:
            return {low, off(target.upper.value_or(target.value), target.tolerance)};
    }
    return {};
}

inline bool is_met(const Target& target, double value) {
    const auto [low, high] = values_that_meet(target);
    return value >= low && value <= high;
}

// The bound that a value has to reach: of a range the nearer one.
inline double value_that_meets(const Target& target, double from) {
    const auto [low, high] = values_that_meet(target);
    return std::isinf(high) || from < low ? low : high;
}

// (E58) shortfall: 0 where the target is met, else |v - x| / |v|        [definition; docs/model.md 10.5]
//       v: the value, or the end of a range that is nearer; missing where that is 0
inline double shortfall(const Target& target, double value) {
    if (is_met(target, value)) return 0;
    const bool above = target.comparison == Comparison::between && value > target.value;
    const double wanted = above ? target.upper.value_or(target.value) : target.value;
    return wanted != 0 ? std::abs(wanted - value) / std::abs(wanted) : std::numeric_limits<double>::quiet_NaN();
}

// (E59) whole years until x reaches v, growing as in the year before, when it was y:        [definition]
//     by rate       n = ln(v / x) / ln(x / y)        x, y, v > 0
//     by increment  n = (v - x) / (x - y)
// Infinite where it does not move towards v; NaN where there is no growth to extend, as from nothing.
inline double years_ahead(double before, double now, double needed, bool by_rate) {
    if (std::isnan(before) || std::isnan(now) || (by_rate && before <= 0))
        return std::numeric_limits<double>::quiet_NaN();
    const double years = by_rate ? sim::log(needed / now) / sim::log(now / before) : (needed - now) / (now - before);
    constexpr double rounding = 1e-9;
    return years > 0 ? std::ceil(years - rounding) : std::numeric_limits<double>::infinity();
}

// From the values at the end of each year, the last that in which it is judged: years from the first to the one from
// which the target is met, until the last or, at the growth of the last year, beyond it.
inline double years_to_meet(const Target& target, std::span<const double> path, bool by_rate) {
    std::size_t years = path.size();
    while (years > 0 && is_met(target, path[years - 1])) --years;
    if (years < path.size()) return static_cast<double>(years);
    const auto last = path.size() - 1;
    const double before = last > 0 ? path[last - 1] : std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(last) + years_ahead(before, path[last], value_that_meets(target, path[last]), by_rate);
}

// Growth a year from one value to another, over so many years: (y / x)^(1/n) - 1        [definition]        x > 0
inline double growth_a_year(double from, double to, double years) {
    return to > 0 ? sim::exp(sim::log(to / from) / years) - 1 : -1.0;
}

// Whether the value may be missing: where nothing was there in the year before the start, nothing has grown; and where
// what is counted may be.
bool may_be_missing(const Target& target);

// A group that names none holds all.
inline bool holds(const TargetGroup& group, std::string_view target) {
    return group.targets.empty() ||
           std::find(group.targets.begin(), group.targets.end(), target) != group.targets.end();
}

}  // namespace growth
