#include "models/growth/parameters/population.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

PopulationParameters::PopulationParameters() {
    describe(sim::Members::defaults());
}

void PopulationParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"base_threshold", "money/year", 0.001, 1000,
                "Sales from which a firm is above scale by the definition of the base year"}
               .needed(china_has_it),
           base_threshold);
    member(Spec{"new_threshold", "money/year", 0, 1000,
                "Sales from which a firm is above scale by a later definition; 0 where there is none"}
               .from("none"),
           new_threshold, 0);
    member(Spec{"new_threshold_from", "year", 1990, 2100, "First year whose statistics count by that definition"}.from(
               "any: without a later definition it counts for nothing"),
           new_threshold_from, 1990);
    member(Spec{"tail_share", "1", 0, 1, "Share of firms drawn from the Pareto tail"}.from("judged, fact C1"),
           tail_share, 0.09);
    member(Spec{"tail_exponent", "1", 0.5, 4, "Exponent of that tail"}.from("fact C1: 0.9-1.5"), tail_exponent, 1.15);
    member(
        Spec{"size_cap", "money/year", 1, 1e6, "Largest size drawn for a firm that is not named"}.needed(china_has_it),
        size_cap);
    member(Spec{"fringe_median", "money/year", 1e-4, 100, "Median sales of a firm below the threshold"}.needed(
               china_has_it),
           fringe_median);
    member(Spec{"fringe_spread", "1", 0, 3, "Standard deviation of their logarithm"}.from("judged"), fringe_spread,
           0.6);
    member(Spec{"technique_spread", "1", 0, 2, "Standard deviation of the logarithm of capital over output"}.from(
               "fact C13"),
           technique_spread, 0.35);
    member(Spec{"capital_growth_ratio", "1", 0, 3, "Growth of capital over growth of output up to the base year"}
               .chinese("资本增速与产出增速之比")
               .from("judged: a little less than output, which plant follows")
               .uncertain(logitnormal, 0.82, 0.97),
           capital_growth_ratio, 0.92);
    member(Spec{"labour_spread", "1", 0, 2, "Standard deviation of the logarithm of sales per worker"}
               .chinese("劳动生产率离散度")
               .from("fact C6: 0.7-1.0"),
           labour_spread, 0.6);
    member(Spec{"mean_age", "year", 0, 100, "Mean age of a firm"}.from("judged"), mean_age, 8);
    member(Spec{"debt_ratio", "year", 0, 3, "Median debt over sales"}.from("judged"), debt_ratio, 0.25);
    member(Spec{"cash_ratio", "year", 0, 3, "Median cash over sales"}.from("judged"), cash_ratio, 0.08);
    member(Spec{"debt_spread", "1", 0, 3, "Standard deviation of the logarithm of debt over sales"}.from("judged"),
           debt_spread, 0.4);
    member(Spec{"cash_spread", "1", 0, 3, "Standard deviation of the logarithm of cash over sales"}.from("judged"),
           cash_spread, 0.5);
    member(Spec{"fringe_research", "1", 0, 1, "R&D over sales below the threshold, over above it"}
               .chinese("规模以下企业研发倾向")
               .from("fact C16"),
           fringe_research, 1.0);
    member(
        Spec{"high_tech_share", "1", 0, 1, "Share of firms with R&D that have high-tech status"}.needed(china_has_it),
        high_tech_share);
    member(Spec{"provincial_share", "1", 0, 1,
                "Share of firms able to have a technology centre whose centre is provincial"}
               .needed(china_has_it),
           provincial_share);
    member(Spec{"city_share", "1", 0, 1, "Share whose centre is the city's"}.needed(china_has_it), city_share);
    member(Spec{"intensity_spread", "1", 0, 3, "Standard deviation of the logarithm of R&D over sales among performers"}
               .from("fact C16: right-skewed"),
           intensity_spread, 0.7);
}

}  // namespace growth
