#include "models/growth/parameters/standing.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

StandingParameters::StandingParameters() {
    describe(sim::Members::defaults());
}

void StandingParameters::describe(const sim::Members& member) {
    using sim::Spec;
    member(Spec{"leading_sales", "money/year", 0.1, 1e5, "Sales from which a firm is leading"}.needed(china_has_it),
           leading_sales);
    member(Spec{"growing_growth", "1/year", -1, 3, "Mean growth from which a firm is growing"}.from("model B.12"),
           growing_growth, 0.15);
    member(
        Spec{"growing_min_sales", "money/year", 0, 1e4, "Sales from which a firm can be growing"}.needed(china_has_it),
        growing_min_sales);
    member(Spec{"start_up_years", "year", 0, 30, "Age below which a firm with R&D is a start-up"}.from("model B.12"),
           start_up_years, 5);
    member(Spec{"grafted_years", "year", 0, 30, "Age below which a grafted line counts as grafted"}.from("model B.12"),
           grafted_years, 3);
    member(Spec{"high_tech_rate", "1/year", 0, 5, "Rate at which a firm with enough R&D is recognised as high-tech"}
               .needed(china_has_it),
           high_tech_rate);
    member(Spec{"high_tech_notch", "1", 0, 0.5, "R&D over sales that recognition asks for"}.needed(china_has_it),
           high_tech_notch);
    member(
        Spec{"notch_pull", "1", 0, 1, "Share of it by which firms that miss it raise their R&D"}.needed(china_has_it),
        notch_pull);
    member(
        Spec{"centre_rate", "1/year", 0, 5, "Rate at which a technology centre rises one level, to provincial"}.needed(
            china_has_it),
        centre_rate);
    member(Spec{"centre_research", "money/year", 0, 1e4, "R&D from which a firm can have a technology centre"}.needed(
               china_has_it),
           centre_research);
    member(Spec{"national_rate", "1/year", 0, 5, "Rate at which a provincial centre becomes national"}
               .chinese("国家级中心晋级率")
               .needed(china_has_it),
           national_rate);
    member(
        Spec{"national_research", "money/year", 0, 1e4, "R&D from which a centre can be national"}.needed(china_has_it),
        national_research);
    member(Spec{"national_quota", "1/year", 0, 100, "Most new national centres a year"}.needed(china_has_it),
           national_quota);
    member(
        Spec{"large_sales", "money/year", 0, 1e5, "Sales from which a firm is large for grants and subsidies"}.needed(
            china_has_it),
        large_sales);
}

}  // namespace growth
