// The numbers of Industry-60 (README.md has the rules); rules.py and krabmaga/src/rules.rs say the same.
#pragma once

#include <array>

namespace industry60 {

struct Industry {
    int firms;
    double growth;  // of demand, a year
};
inline constexpr std::array<Industry, 6> industries{
    {{160, 0.06}, {140, 0.08}, {120, 0.10}, {100, 0.12}, {74, 0.15}, {50, 0.20}}};

inline constexpr int years = 5;
inline constexpr int months_a_year = 12;
inline constexpr int months = years * months_a_year;
inline constexpr double month = 1.0 / months_a_year;

inline constexpr double initial_size_spread = 1.0;
inline constexpr double initial_technique_spread = 0.2;
inline constexpr double initial_use = 0.9;
inline constexpr double least_intensity = 0.01;
inline constexpr double intensity_range = 0.04;
inline constexpr double eligible_share = 0.3;

inline constexpr double persistence = 0.9;
inline constexpr double shock_spread = 0.04;
inline constexpr double research_efficiency = 10.0;
inline constexpr double mean_gain = 0.05;
inline constexpr double depreciation = 0.08;
inline constexpr double accelerator = 0.5;
inline constexpr double normal_use = 0.85;
inline constexpr double investment_spread = 0.5;
inline constexpr double selection = 1.0;
inline constexpr double shortage_penalty = 0.5;

}  // namespace industry60
