#include "models/growth/parameters/talent.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

TalentParameters::TalentParameters() {
    describe(sim::Members::defaults());
}

void TalentParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"staff_growth", "1/year", -0.1, 0.5, "Growth of the city's R&D staff"}.needed(china_has_it),
           staff_growth);
    member(
        Spec{"cost_per_staff", "money/person/year", 1e-5, 10, "R&D spending per member of staff"}.needed(china_has_it),
        cost_per_staff);
    member(Spec{"scarcity", "1", 0, 2, "Response of the cost of R&D to the demand for staff over their number"}
               .chinese("人才稀缺度")
               .from("Goolsbee 1998")
               .uncertain(normal, 0.2, 0.8),
           scarcity, 0.5);
    member(Spec{"arrivals", "1/year", 0, 100, "Overseas talents a year without policy"}
               .chinese("人才自然引进数")
               .needed(china_has_it),
           arrivals);
    member(Spec{"departure", "1/year", 0, 2, "Rate at which talents leave"}
               .chinese("人才流失率")
               .from("model A 2.1, judged")
               .uncertain(lognormal, 0.05, 0.2),
           departure, 0.1);
    member(Spec{"founder_share", "1", 0, 1, "Share of talents that found a firm"}
               .chinese("创业人才占比")
               .from("model A 2.1, judged")
               .uncertain(logitnormal, 0.3, 0.8),
           founder_share, 0.55);
    member(Spec{"host_gain", "1", -0.2, 0.5, "Gain of the host's efficiency from a talent"}
               .chinese("人才带动效率")
               .from("model A 2.1")
               .uncertain(normal, 0.0, 0.06),
           host_gain, 0.02);
    member(Spec{"displacement", "1", 0, 1, "Share of talents whose work is lost elsewhere in the city"}
               .chinese("人才替代率")
               .from("Shi et al. 2022")
               .uncertain(logitnormal, 0.1, 0.6),
           displacement, 0.3);
    member(Spec{"team_rate", "1/year", 0, 5, "Rate at which a firm that qualifies gets a recognised team"}
               .chinese("团队认定率")
               .needed(china_has_it),
           team_rate);
    member(Spec{"team_staff", "person", 0, 1e4, "R&D staff from which a firm with a centre qualifies for a team"}.from(
               "model B.10"),
           team_staff, 10);
    member(Spec{"team_gain", "1", 0, 1, "Gain of search efficiency from a team"}.from("model B.10"), team_gain, 0.05);
    member(Spec{"team_quota", "1/year", 0, 1000, "Most teams recognised a year"}.needed(china_has_it), team_quota);
}

}  // namespace growth
