// How the firms of the year before the start are drawn: sizes, ages, technique and balance sheets.
#pragma once

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

struct PopulationParameters {
    double base_threshold = 0.05, new_threshold = 0.2, tail_share = 0.08, tail_exponent = 1.15, fringe_median = 0.02;
    double fringe_spread = 0.6, technique_spread = 0.35, labour_spread = 0.6, mean_age = 9, debt_ratio = 0.25,
           cash_ratio = 0.08;
    double intensity_spread = 0.7, size_cap = 60, debt_spread = 0.4, cash_spread = 0.5;
    double fringe_research = 0.3, high_tech_share = 0.3, provincial_share = 0.4, city_share = 0.4;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        member(Spec{"base_threshold", "1e8 CNY/year", 0.001, 10,
                    "Sales from which a firm is above scale by the definition of the base year"}
                   .from("official: 5 million yuan"),
               p.base_threshold);
        member(Spec{"new_threshold", "1e8 CNY/year", 0.001, 10,
                    "Sales from which a firm is above scale by the definition in force since"}
                   .from("official: 20 million yuan"),
               p.new_threshold);
        member(Spec{"tail_share", "1", 0, 1, "Share of firms drawn from the Pareto tail"}.from("assumption, fact C1"),
               p.tail_share);
        member(Spec{"tail_exponent", "1", 0.5, 4, "Exponent of that tail"}.from("fact C1: 0.9-1.5"), p.tail_exponent);
        member(Spec{"size_cap", "1e8 CNY/year", 1, 1e4, "Largest size drawn for a firm that is not named"}.from(
                   "assumption: larger ones would be known"),
               p.size_cap);
        member(Spec{"fringe_median", "1e8 CNY/year", 1e-4, 1, "Median sales of a firm below the threshold"}.from(
                   "assumption"),
               p.fringe_median);
        member(Spec{"fringe_spread", "1", 0, 3, "Standard deviation of their logarithm"}.from("assumption"),
               p.fringe_spread);
        member(Spec{"technique_spread", "1", 0, 2, "Standard deviation of the logarithm of capital over output"}.from(
                   "fact C13"),
               p.technique_spread);
        member(Spec{"labour_spread", "1", 0, 2, "Standard deviation of the logarithm of sales per worker"}
                   .chinese("劳动生产率离散度")
                   .from("fact C6: 0.7-1.0"),
               p.labour_spread);
        member(Spec{"mean_age", "year", 0, 100, "Mean age of a firm"}.from("assumption"), p.mean_age);
        member(Spec{"debt_ratio", "year", 0, 3, "Median debt over sales"}.from("assumption"), p.debt_ratio);
        member(Spec{"cash_ratio", "year", 0, 3, "Median cash over sales"}.from("assumption"), p.cash_ratio);
        member(
            Spec{"debt_spread", "1", 0, 3, "Standard deviation of the logarithm of debt over sales"}.from("assumption"),
            p.debt_spread);
        member(
            Spec{"cash_spread", "1", 0, 3, "Standard deviation of the logarithm of cash over sales"}.from("assumption"),
            p.cash_spread);
        member(Spec{"fringe_research", "1", 0, 1, "R&D over sales below the threshold, over above it"}
                   .chinese("规模以下企业研发倾向")
                   .from("assumption"),
               p.fringe_research);
        member(Spec{"high_tech_share", "1", 0, 1, "Share of firms with R&D that have high-tech status"}.from(
                   "assumption; 1002 high-tech firms of all industry in 2009"),
               p.high_tech_share);
        member(Spec{"provincial_share", "1", 0, 1,
                    "Share of firms able to have a technology centre whose centre is provincial"}
                   .from("assumption; 86 provincial centres of all industry in 2009"),
               p.provincial_share);
        member(Spec{"city_share", "1", 0, 1, "Share whose centre is the city's"}.from("assumption"), p.city_share);
        member(Spec{"intensity_spread", "1", 0, 3,
                    "Standard deviation of the logarithm of R&D over sales among performers"}
                   .from("fact C16: right-skewed"),
               p.intensity_spread);
    }
};

// Firms above scale are drawn a little above the threshold.
inline double least_size(const PopulationParameters& p) {
    return 1.05 * p.base_threshold;
}
// So they have room for their sizes.
inline double least_size_cap(const PopulationParameters& p) {
    return 2 * least_size(p);
}

// (E36) a size from the Pareto tail above x_min: x_min u^(-1/t), u in (0, 1)        [Axtell 2001]
inline double pareto_size(double minimum, double exponent, double uniform) {
    return minimum * sim::exp(-sim::log(uniform) / exponent);
}

}  // namespace growth
