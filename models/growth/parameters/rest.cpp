#include "models/growth/parameters/rest.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

RestParameters::RestParameters() {
    describe(sim::Members::defaults());
}

void RestParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"growth", "1/year", -0.2, 0.3, "Real growth at normal national growth, before what it lacks"}
               .chinese("其余工业实际增速")
               .needed(china_has_it),
           growth);
    member(Spec{"output_per_worker", "money/person/year", 1e-4, 100, "Output of a worker at the start"}.needed(
               china_has_it),
           output_per_worker);
    member(Spec{"output_per_area", "money/area/year", 1e-3, 2e4, "Output over land at the start"}
               .chinese("其余工业单位用地产值")
               .draws_of("parameters.rest.output_per_mu")
               .needed(china_has_it),
           output_per_area);
    member(Spec{"capital_output", "year", 0.05, 10, "Capital over output"}.from("judged: as emerging industries"),
           capital_output, 0.45);
    member(Spec{"labour_demand", "1", 0, 5, "Elasticity of its workers to the wage premium, less its sign"}
               .chinese("其余工业劳动需求弹性")
               .from("model B.19")
               .uncertain(lognormal, 0.2, 1),
           labour_demand, 0.5);
    member(Spec{"labour_elasticity", "1", 0, 1, "Elasticity of output to workers"}
               .chinese("其余工业产出的劳动弹性")
               .from("model B.19")
               .uncertain(logitnormal, 0.3, 0.6),
           labour_elasticity, 0.5);
    member(Spec{"capital_elasticity", "1", 0, 1, "Elasticity of output to capital"}.from("model B.4"),
           capital_elasticity, 0.4);
    member(Spec{"land_elasticity", "1", 0, 1, "Elasticity of output to land"}
               .chinese("其余工业产出的土地弹性")
               .from("model B.19")
               .uncertain(logitnormal, 0.05, 0.8),
           land_elasticity, 0.3);
    member(Spec{"credit_displaced", "1", 0, 1, "Capital it lacks in time, over the guaranteed debt of firms"}
               .chinese("担保贷款挤出率")
               .from("model B.19")
               .uncertain(logitnormal, 0.1, 0.6),
           credit_displaced, 0.3);
    member(Spec{"capital_adjustment", "1/year", 0, 10, "Speed at which it comes to lack that capital"}.from("judged"),
           capital_adjustment, 0.5);
}

}  // namespace growth
