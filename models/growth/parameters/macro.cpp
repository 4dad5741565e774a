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
            .from("assumption: the plan's own period, about 10 %"),
        normal_growth, 0.10);
    member(
        Spec{"rest_growth", "1/year", -0.2, 0.3, "Real growth of the city's other industry at normal national growth"}
            .chinese("其余工业实际增速")
            .from("assumption: below the 14.8 % of value added in 2010")
            .uncertain(normal, 0.06, 0.12),
        rest_growth, 0.09);
    member(Spec{"burn_in_wage_growth", "1/year", -0.2, 0.5, "Growth of real wages in the burn-in"}.from(
               "Chinese manufacturing 2005-2010: 14 % less prices, 3 %; recalled"),
           burn_in_wage_growth, 0.11);
}

}  // namespace growth
