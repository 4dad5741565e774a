// What each target's indicator counts, and what follows from its values: met or not, by how much short, and when.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>

#include "models/growth/tables.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

enum class Figure : std::uint8_t { none, sales, output, value_added };

struct IndicatorFacts {
    Figure now = Figure::none;   // the figure of a year that it is made of
    Figure base = Figure::none;  // the figure of the year before the start that its growth is counted from
    bool above_scale = false;    // leaves out firms below the threshold of the statistics
    bool grows_by_rate = false;  // a sum of money continues at its rate, a count at its yearly increment
};

// The base of output and value added is Industry::base_sales: data of the base year know the sales of these industries
// alone.
constexpr IndicatorFacts facts_of(Indicator indicator) {
    switch (indicator) {
        case Indicator::output:
        case Indicator::output_share:
            return {Figure::output, Figure::sales, true, true};
        case Indicator::value_added_share:
            return {Figure::value_added, Figure::sales, true, true};
        case Indicator::firms_above_revenue:
            return {Figure::sales, Figure::sales, false, false};
        case Indicator::clusters_with_results:
            return {Figure::output, Figure::output, true, false};
        case Indicator::new_national_centres:
        case Indicator::clusters_with_site:
        case Indicator::overseas_talents:
        case Indicator::innovation_teams:
        case Indicator::zones_with_functional_zone:
            return {};
    }
    return {};
}

// The value that counts as meeting the target: a tolerance lets a little less, or more, count as well.
inline double value_that_meets(const Target& target) {
    const bool at_least = target.comparison == Comparison::at_least;
    return target.value * (at_least ? 1 - target.tolerance : 1 + target.tolerance);
}

inline bool is_met(const Target& target, double value) {
    const double needed = value_that_meets(target);
    return target.comparison == Comparison::at_least ? value >= needed : value <= needed;
}

// (E58) shortfall: 0 where the target is met, else |v - x| / v        [definition; docs/model.md 10.5]        v > 0
inline double shortfall(const Target& target, double value) {
    return is_met(target, value) ? 0.0 : std::abs(target.value - value) / target.value;
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

// From the values at the end of each year: years from the first to the one from which the target is met, until the
// last or, at the growth of the last year, beyond it.
inline double years_to_meet(const Target& target, std::span<const double> path) {
    std::size_t years = path.size();
    while (years > 0 && is_met(target, path[years - 1])) --years;
    if (years < path.size()) return static_cast<double>(years);
    const auto last = path.size() - 1;
    const double before = last > 0 ? path[last - 1] : std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(last) +
           years_ahead(before, path[last], value_that_meets(target), facts_of(target.indicator).grows_by_rate);
}

// A group that names none holds all.
inline bool holds(const TargetGroup& group, std::string_view target) {
    return group.targets.empty() ||
           std::find(group.targets.begin(), group.targets.end(), target) != group.targets.end();
}

}  // namespace growth
