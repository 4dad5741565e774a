#include "models/growth/parameters/production.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

ProductionParameters::ProductionParameters() {
    describe(sim::Members::defaults());
}

void ProductionParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"capital_share", "1", 0.1, 0.9, "Elasticity of capacity to capital"}.from("model B.4"), capital_share,
           0.4);
    member(Spec{"utilisation_normal", "1", 0.3, 0.95, "Utilisation that firms plan for"}
               .chinese("正常产能利用率")
               .from("judged")
               .uncertain(logitnormal, 0.82, 0.88),
           utilisation_normal, 0.85);
    member(Spec{"utilisation_max", "1", 0.3, 1, "Highest share of capacity that can be produced"}
               .chinese("最高产能利用率")
               .from("model B.4; range judged")
               .uncertain(logitnormal, 0.93, 0.965),
           utilisation_max, 0.95);
    member(Spec{"sales_ratio", "1", 0.5, 1, "Sales over gross output; the rest is own use"}
               .chinese("产销率")
               .from("data page: 96-99 %")
               .uncertain(logitnormal, 0.96, 0.99),
           sales_ratio, 0.98);
    member(Spec{"labour_adjustment", "1/year", 0, 50, "Speed at which employment follows its target"}.from(
               "model B.4: 0.35 a quarter"),
           labour_adjustment, 1.72);
    member(Spec{"crew_max", "1", 1, 3, "Most workers on a machine, over the crew it was designed for"}
               .chinese("最大班组倍数")
               .from("judged: a third shift")
               .uncertain(lognormal, 1.12, 1.4),
           crew_max, 1.25);
    member(Spec{"wage", "money/person/year", 1e-6, 1, "Labour cost of a worker at the start"}.needed(china_has_it),
           wage);
    member(Spec{"other_cost", "1", 0, 0.5, "Overheads and indirect taxes over output"}
               .chinese("其他成本占比")
               .from("judged"),
           other_cost, 0.02);
    member(Spec{"price_response", "1", 0, 1, "Rise of a firm's price, in logarithms, from no to full utilisation"}
               .chinese("价格对产能利用率的反应")
               .from("model B.14"),
           price_response, 0.05);
    member(Spec{"price_spread", "1", 0, 0.5, "Standard deviation of firms' prices for the same product, in logarithms"}
               .chinese("企业价格离散度")
               .from("model B.14"),
           price_spread, 0.05);
    member(Spec{"price_persistence", "1", 0, 0.99, "Share of a firm's price wedge left after a year"}
               .chinese("企业价格差持续性")
               .from("model B.14"),
           price_persistence, 0.5);
}

}  // namespace growth
