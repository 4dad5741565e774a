#include "models/growth/parameters/macro.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

MacroParameters::MacroParameters() {
    describe(sim::Members::defaults());
}

void MacroParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(
        Spec{"industry_persistence", "1", 0, 0.99, "Share of an industry shock left after a year"}.from("assumption"),
        industry_persistence, 0.5);
    member(
        Spec{"normal_growth", "1/year", -0.2, 0.3, "National industrial growth at which industries grow by their trend"}
            .chinese("全国工业常态增速")
            .from("assumption: the plan's own period, about 10 %; range judged")
            .uncertain(normal, 0.085, 0.115),
        normal_growth, 0.10);
    member(Spec{"burn_in_wage_growth", "1/year", -0.2, 0.5, "Growth of real wages in the burn-in"}.from("model B.15"),
           burn_in_wage_growth, 0.11);
}

}  // namespace growth
