#include "models/growth/parameters/entry.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

EntryParameters::EntryParameters() {
    describe(sim::Members::defaults());
}

void EntryParameters::describe(const sim::Members& member) {  // NOLINT: a list
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"start_up_rate", "1/year", 0, 1, "Start-ups a year over the number of firms"}.chinese("新创率").from(
               "model B.12"),
           start_up_rate, 0.08);
    member(Spec{"demand_response", "1", 0, 10, "Response of entry to the growth of demand"}.from("model B.12"),
           demand_response, 2.0);
    member(Spec{"spin_off_rate", "1/person/year", 0, 0.1, "Spin-offs per member of R&D staff"}.from("model B.12"),
           spin_off_rate, 0.002);
    member(
        Spec{"spin_off_inheritance", "1", 0, 1, "Share of the lead of the cell's best that a spin-off inherits"}.from(
            "model B.12"),
        spin_off_inheritance, 0.35);
    member(Spec{"attracted_rate", "1/year", 0, 200, "Projects signed from outside, all industries, without policy"}
               .chinese("招商项目数")
               .needed(),
           attracted_rate);
    member(Spec{"attracted_investment", "money", 0.01, 5e4, "Median investment of an attracted project"}.needed(
               china_has_it),
           attracted_investment);
    member(Spec{"attracted_spread", "1", 0, 3, "Standard deviation of its logarithm"}.from("model A 4.1, judged"),
           attracted_spread, 1.0);
    member(Spec{"attracted_realised", "1", 0, 1, "Share of signed projects that are built"}
               .chinese("招商项目落地率")
               .from("model A 4.1, judged")
               .uncertain(logitnormal, 0.25, 0.6),
           attracted_realised, 0.4);
    member(
        Spec{"attracted_output_ratio", "1/year", 0.1, 10, "Annual output of an attracted project over its investment"}
            .chinese("招商企业相对规模")
            .from("model A 4.1")
            .uncertain(lognormal, 1.2, 2.4),
        attracted_output_ratio, 1.7);
    member(Spec{"attracted_efficiency", "1", -1, 2, "Efficiency of an attracted plant against the mean firm"}.from(
               "judged"),
           attracted_efficiency, 0.2);
    member(
        Spec{"grafted_rate", "1/year", 0, 300, "Traditional firms that open a line in these industries, without policy"}
            .chinese("嫁接转型数")
            .needed(),
        grafted_rate);
    member(Spec{"grafted_size", "money/year", 0.01, 1e4, "Median sales of such a line"}.needed(china_has_it),
           grafted_size);
    member(Spec{"grafted_spread", "1", 0, 3, "Standard deviation of its logarithm"}.from("model A 3.8, judged"),
           grafted_spread, 0.8);
    member(Spec{"grafted_relabelled", "1", 0, 1, "Share of the line's sales that existed before under another heading"}
               .chinese("嫁接转型重新归类比例")
               .from("model A 3.8, judged")
               .uncertain(logitnormal, 0.1, 0.6),
           grafted_relabelled, 0.35);
    member(Spec{"grafted_efficiency", "1", -1, 1, "Efficiency of a grafted line against the mean firm"}.from(
               "model A 3.8"),
           grafted_efficiency, -0.05);
    member(Spec{"start_up_size", "money/year", 0.001, 1000, "Median sales of a start-up"}.needed(china_has_it),
           start_up_size);
    member(Spec{"start_up_spread", "1", 0, 3, "Standard deviation of its logarithm"}.from("judged"), start_up_spread,
           0.8);
    member(Spec{"start_up_efficiency", "1", -1, 1, "Efficiency of a start-up against the mean firm"}.from("judged"),
           start_up_efficiency, -0.05);
    member(Spec{"efficiency_spread", "1", 0, 2, "Standard deviation of the efficiency of entrants"}.from("fact C6"),
           efficiency_spread, 0.45);
    member(Spec{"plant_spillover", "1/year", -0.1, 0.1, "Gain of incumbents' efficiency from large attracted plants"}
               .chinese("外来工厂溢出")
               .from("Greenstone et al. 2010, shrunk: 2 % in five years")
               .uncertain(normal, 0.0, 0.01),
           plant_spillover, 0.004);
}

}  // namespace growth
