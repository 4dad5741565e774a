#include "models/growth/parameters/labour_market.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

LabourMarketParameters::LabourMarketParameters() {
    describe(sim::Members::defaults());
}

void LabourMarketParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"commuting", "1", 0, 1, "Share of workers who can work anywhere in the city"}
               .chinese("全市通勤劳动力占比")
               .from("judged")
               .uncertain(logitnormal, 0.3, 0.7),
           commuting, 0.5);
    member(Spec{"unemployment", "1", 0.001, 0.5, "Unemployment at the start"}.needed(china_has_it), unemployment);
    member(Spec{"wage_response", "1", 0, 1, "Elasticity of the wage to unemployment, less its sign"}
               .chinese("工资曲线弹性")
               .from("Blanchflower, Oswald 1994: 0.1")
               .uncertain(lognormal, 0.05, 0.15),
           wage_response, 0.1);
    member(Spec{"natural_growth", "1/year", -0.1, 0.2, "Growth of the labour force at the national wage"}.needed(
               china_has_it),
           natural_growth);
    member(Spec{"migration", "1/year", 0, 10, "Growth of the labour force by the logarithm of the wage premium"}
               .chinese("人口流入对工资的反应")
               .from("judged")
               .uncertain(lognormal, 0.3, 2),
           migration, 1.0);
    member(Spec{"turnover", "1/year", 0, 2, "Share of other industry's workers a year that firms can hire away"}
               .chinese("其余工业可转移劳动力占比")
               .from("judged")
               .uncertain(lognormal, 0.05, 0.3),
           turnover, 0.15);
}

}  // namespace growth
