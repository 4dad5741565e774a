#include "models/growth/parameters/supply_chain.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

SupplyChainParameters::SupplyChainParameters() {
    describe(sim::Members::defaults());
}

void SupplyChainParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"local_sourcing", "1", 0, 1, "Share of what could be bought locally that local buyers buy locally"}
               .chinese("本地采购比例")
               .from("judged: the plan finds upstream and downstream thinly linked")
               .uncertain(logitnormal, 0.1, 0.6),
           local_sourcing, 0.3);
    member(Spec{"price_adjustment", "1/year", 0, 50,
                "Speed at which the price of an input follows the price of what is made of it"}
               .chinese("价格调整速度")
               .from("judged: prices of polysilicon and modules fell within the same three quarters of 2011")
               .uncertain(lognormal, 1.5, 10),
           price_adjustment, 4);
    member(Spec{"cost_pass_through", "1", 0, 1, "Part of a change of input cost that the buyer's price takes up"}
               .chinese("成本传导率")
               .from("judged")
               .uncertain(logitnormal, 0.3, 0.85),
           cost_pass_through, 0.6);
    member(Spec{"upstream_elasticity", "1", -0.1, 0.3, "Elasticity of efficiency to the output of suppliers nearby"}
               .chinese("上游配套弹性")
               .from("model A 5.2; Hu, Xu, Yashiro 2015: sign")
               .uncertain(normal, 0.005, 0.06),
           upstream_elasticity, 0.03);
}

}  // namespace growth
