#include "models/growth/parameters/macro.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

MacroParameters::MacroParameters() {
    describe(sim::Members::defaults());
}

void MacroParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"macro_persistence", "1", 0, 0.99, "Share of a macro shock left after a year"}.from(
               "model B.3: quarterly 0.75"),
           macro_persistence, 0.316);
    member(Spec{"macro_volatility", "1", 0, 0.2, "Standard deviation of the macro shock to demand growth"}.from(
               "model B.3, assumption"),
           macro_volatility, 0.018);
    member(
        Spec{"industry_persistence", "1", 0, 0.99, "Share of an industry shock left after a year"}.from("assumption"),
        industry_persistence, 0.5);
    member(Spec{"industry_correlation", "1", 0, 0.99, "Correlation of the shocks of two industries"}.from(
               "model B.3 and C19"),
           industry_correlation, 0.3);
    member(Spec{"jump_rate", "1/year", 0, 4, "Rate of sudden changes of an industry's demand"}.from(
               "model B.3, assumption"),
           jump_rate, 0.16);
    member(Spec{"jump_mean", "1", -2, 2, "Mean of such a change, in logarithms"}.from("model B.3, assumption"),
           jump_mean, -0.15);
    member(Spec{"jump_spread", "1", 0, 2, "Standard deviation of such a change"}.from("model B.3, assumption"),
           jump_spread, 0.1);
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
}

}  // namespace growth
