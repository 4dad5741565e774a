#include "models/growth/parameters/population.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

PopulationParameters::PopulationParameters() {
    describe(sim::Members::defaults());
}

void PopulationParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"base_threshold", "1e8 CNY/year", 0.001, 10,
                "Sales from which a firm is above scale by the definition of the base year"}
               .from("official: 5 million yuan"),
           base_threshold, 0.05);
    member(Spec{"new_threshold", "1e8 CNY/year", 0.001, 10,
                "Sales from which a firm is above scale by the definition in force since"}
               .from("official: 20 million yuan"),
           new_threshold, 0.2);
    member(Spec{"tail_share", "1", 0, 1, "Share of firms drawn from the Pareto tail"}.from("assumption, fact C1"),
           tail_share, 0.09);
    member(Spec{"tail_exponent", "1", 0.5, 4, "Exponent of that tail"}.from("fact C1: 0.9-1.5"), tail_exponent, 1.15);
    member(Spec{"size_cap", "1e8 CNY/year", 1, 1e4, "Largest size drawn for a firm that is not named"}.from(
               "assumption: larger ones would be known"),
           size_cap, 60);
    member(
        Spec{"fringe_median", "1e8 CNY/year", 1e-4, 1, "Median sales of a firm below the threshold"}.from("assumption"),
        fringe_median, 0.02);
    member(Spec{"fringe_spread", "1", 0, 3, "Standard deviation of their logarithm"}.from("assumption"), fringe_spread,
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
    member(Spec{"mean_age", "year", 0, 100, "Mean age of a firm"}.from("assumption"), mean_age, 8);
    member(Spec{"debt_ratio", "year", 0, 3, "Median debt over sales"}.from("assumption"), debt_ratio, 0.25);
    member(Spec{"cash_ratio", "year", 0, 3, "Median cash over sales"}.from("assumption"), cash_ratio, 0.08);
    member(Spec{"debt_spread", "1", 0, 3, "Standard deviation of the logarithm of debt over sales"}.from("assumption"),
           debt_spread, 0.4);
    member(Spec{"cash_spread", "1", 0, 3, "Standard deviation of the logarithm of cash over sales"}.from("assumption"),
           cash_spread, 0.5);
    member(Spec{"fringe_research", "1", 0, 1, "R&D over sales below the threshold, over above it"}
               .chinese("规模以下企业研发倾向")
               .from("fact C16"),
           fringe_research, 1.0);
    member(Spec{"high_tech_share", "1", 0, 1, "Share of firms with R&D that have high-tech status"}.from(
               "assumption; 1002 high-tech firms of all industry in 2009"),
           high_tech_share, 0.3);
    member(Spec{"provincial_share", "1", 0, 1,
                "Share of firms able to have a technology centre whose centre is provincial"}
               .from("assumption; 86 provincial centres of all industry in 2009"),
           provincial_share, 0.4);
    member(Spec{"city_share", "1", 0, 1, "Share whose centre is the city's"}.from("assumption"), city_share, 0.4);
    member(Spec{"intensity_spread", "1", 0, 3, "Standard deviation of the logarithm of R&D over sales among performers"}
               .from("fact C16: right-skewed"),
           intensity_spread, 0.7);
}

}  // namespace growth
