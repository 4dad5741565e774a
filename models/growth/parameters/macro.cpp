#include "models/growth/parameters/macro.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

MacroParameters::MacroParameters() {
    describe(sim::Members::defaults());
}

void MacroParameters::describe(const sim::Members& member) {
    using sim::Spec;
    member(Spec{"industry_persistence", "1", 0, 0.99, "Share of an industry shock left after a year"}.from("judged"),
           industry_persistence, 0.5);
    member(
        Spec{"normal_growth", "1/year", -0.2, 0.3, "National industrial growth at which industries grow by their trend"}
            .chinese("全国工业常态增速")
            .needed(china_has_it),
        normal_growth);
    member(Spec{"burn_in_wage_growth", "1/year", -0.2, 0.5, "Growth of real wages in the burn-in"}.needed(china_has_it),
           burn_in_wage_growth);
}

}  // namespace growth
