#include "models/growth/parameters/exit.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

ExitParameters::ExitParameters() {
    describe(sim::Members::defaults());
}

void ExitParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"closure_rate", "1/year", 0, 1, "Closure hazard of a grown firm of `closure_size` without debt"}
               .chinese("关闭率")
               .needed(china_has_it),
           closure_rate);
    member(
        Spec{"closure_size", "money/year", 0.001, 1e5, "Sales of the firm that this hazard is of"}.needed(china_has_it),
        closure_size);
    member(Spec{"size_exponent", "1", 0, 1, "Decline of the hazard with size"}.from("model B.12"), size_exponent, 0.25);
    member(Spec{"young_factor", "1", 1, 10, "Hazard of the young over the grown"}.from("model B.12"), young_factor,
           1.6);
    member(Spec{"young_years", "year", 0, 30, "Age below which a firm is young"}.from("model B.12"), young_years, 5);
    member(Spec{"stress_response", "1/year", 0, 20, "Response of the hazard to debt over sales"}.from("judged"),
           stress_response, 1.0);
    member(Spec{"arrears", "year", 0, 2, "Unpaid bills over sales at which a firm is bankrupt"}.from("judged"), arrears,
           0.05);
    member(Spec{"arrears_listed", "year", 0, 5, "The same of a listed firm"}.from("model B.20"), arrears_listed, 0.6);
    member(Spec{"recovery", "1", 0, 1, "Share of a bankrupt firm's debt that its bank gets back"}.from("model B.20"),
           recovery, 0.36);
    member(Spec{"guaranteed_factor", "1", 1, 5, "Hazard of firms with guaranteed loans over others"}
               .chinese("互保企业风险倍数")
               .from("Lelarge, Sraer, Thesmar 2010")
               .uncertain(lognormal, 1.05, 1.6),
           guaranteed_factor, 1.25);
    member(Spec{"full_guarantee", "1", 0.001, 1, "Share of debt guaranteed from which that factor is whole"}
               .chinese("足额担保占债务比重")
               .from("judged: a loan of 0.15 of sales, a quarter of it new, over debt of 0.35")
               .uncertain(lognormal, 0.03, 0.3),
           full_guarantee, 0.1);
    member(Spec{"merger_rate", "1/year", 0, 1, "Rate at which a firm that can takes another over"}
               .chinese("并购率")
               .from("model A 3.2")
               .uncertain(lognormal, 0.002, 0.012),
           merger_rate, 0.005);
    member(Spec{"merger_min_sales", "money/year", 0, 1e5, "Sales from which a firm can take over another"}.needed(
               china_has_it),
           merger_min_sales);
    member(Spec{"merger_max_ratio", "1", 0, 1, "Largest target over its acquirer, by sales"}.from("judged"),
           merger_max_ratio, 0.5);
    member(Spec{"scrapped", "1", 0, 1, "Share of the target's capital that is scrapped"}.from("model A 3.2"), scrapped,
           0.05);
}

}  // namespace growth
