#include "models/growth/parameters/standing.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

StandingParameters::StandingParameters() {
    describe(sim::Members::defaults());
}

void StandingParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"leading_sales", "1e8 CNY/year", 0.1, 1000, "Sales from which a firm is leading"}.from("model B.12"),
           leading_sales, 10);
    member(Spec{"growing_growth", "1/year", -1, 3, "Mean growth from which a firm is growing"}.from("model B.12"),
           growing_growth, 0.15);
    member(
        Spec{"growing_min_sales", "1e8 CNY/year", 0, 100, "Sales from which a firm can be growing"}.from("model B.12"),
        growing_min_sales, 0.4);
    member(Spec{"start_up_years", "year", 0, 30, "Age below which a firm with R&D is a start-up"}.from("model B.12"),
           start_up_years, 5);
    member(Spec{"grafted_years", "year", 0, 30, "Age below which a grafted line counts as grafted"}.from("model B.12"),
           grafted_years, 3);
    member(
        Spec{"high_tech_rate", "1/year", 0, 5, "Rate at which a firm with enough R&D is recognised as high-tech"}.from(
            "assumption"),
        high_tech_rate, 0.10);
    member(Spec{"high_tech_notch", "1", 0, 0.5, "R&D over sales that recognition asks for"}.from(
               "rules of 2008: 3 % above 2e8 CNY"),
           high_tech_notch, 0.03);
    member(Spec{"notch_pull", "1", 0, 1, "Share of it by which firms that miss it raise their R&D"}.from(
               "Chen et al. 2021; fact C16"),
           notch_pull, 0.15);
    member(Spec{"centre_rate", "1/year", 0, 5, "Rate at which a technology centre rises one level, to provincial"}.from(
               "assumption"),
           centre_rate, 0.05);
    member(Spec{"centre_research", "1e8 CNY/year", 0, 100, "R&D from which a firm can have a technology centre"}.from(
               "assumption"),
           centre_research, 0.03);
    member(Spec{"national_rate", "1/year", 0, 5, "Rate at which a provincial centre becomes national"}
               .chinese("国家级中心晋级率")
               .from("assumption")
               .uncertain(lognormal, 0.005, 0.06),
           national_rate, 0.02);
    member(
        Spec{"national_research", "1e8 CNY/year", 0, 100, "R&D from which a centre can be national"}.from("assumption"),
        national_research, 0.5);
    member(Spec{"national_quota", "1/year", 0, 100, "Most new national centres a year"}.from(
               "assumption: national slots are scarce"),
           national_quota, 2);
    member(
        Spec{"large_sales", "1e8 CNY/year", 0, 1000, "Sales from which a firm is large for grants and subsidies"}.from(
            "statistical definition of large and medium firms"),
        large_sales, 4);
}

}  // namespace growth
