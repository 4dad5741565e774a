// The range in which the model means anything. What compounds is kept within it, so that no scenario that is accepted
// leads to numbers that are none; docs/model.md 8.5 lists what is kept where. No bundled scenario comes near it.
#pragma once

#include "sim/math/elementary.hpp"

namespace growth::limits {

// Of one firm, in units of money a year: more than any country's industry sells, and less than a craftsman.
inline constexpr double most_demand = 1e6, least_demand = 1e-9, most_birth_sales = 1e5, least_birth_sales = 1e-6;
// Logarithms, either way: national demand against the start, a firm's efficiency against the national frontier.
inline constexpr double national_demand = 10, efficiency = 8;
// Indices of prices and wages against the start.
inline constexpr double most_index = 1e4, least_index = 1e-4;
inline constexpr double most_rest = 1e9;     // output of the rest of industry, in units of money a year
inline constexpr double most_workers = 1e9;  // of a place, or of its rest of industry
// Labour, capital and land of the rest of industry over what it would have had.
inline constexpr double least_means = 0.05, most_means = 20;
// Workers per unit of money of capital by design, in logarithms; capital over output; debt and cash over sales, in
// years.
inline constexpr double most_log_crew = 15, least_log_crew = -5;
inline constexpr double most_capital_output = 50, least_capital_output = 0.005, most_ratio = 20;
// What firms and entrants make of expected growth, in logarithms; of their user cost, or of refunds, as a factor.
inline constexpr double expectation = 3, entry = 10, answer = 10;
// Share of a firm's land that can be free.
inline constexpr double most_land_slack = 0.9;
// Value added over output, either way: inputs that cost twice as much as what is made of them end a business.
inline constexpr double value_added_ratio = 1;
// Score of a candidate, in logarithms: a factor that numbers can still hold.
inline constexpr double score = 300;

inline double log_crew(double value) {
    return sim::clamp(value, least_log_crew, most_log_crew);
}

// Growth of demand that is won or lost over a step, and what a firm's demand can grow by at all.
inline double won(double growth) {
    return sim::clamp(growth, -0.5, 0.5);
}
inline constexpr double step_growth = 100;

// The part of a change that leaves a logarithm within the bound.
inline double change_within(double level, double change, double bound) {
    return sim::abs(level + change) <= bound ? change : sim::clamp(level + change, -bound, bound) - level;
}

}  // namespace growth::limits
