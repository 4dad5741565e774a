#include "models/growth/parameters/demand.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

DemandParameters::DemandParameters() {
    describe(sim::Members::defaults());
}

void DemandParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"change_response", "1", 0, 3, "Response of demand to a change of the firm's efficiency"}
               .chinese("需求对效率变化的反应")
               .from("model B.5")
               .uncertain(normal, 0.2, 1.0),
           change_response, 0.6);
    member(Spec{"level_response", "1/year", 0, 0.5, "Response of demand growth to the level of efficiency"}
               .chinese("需求对效率水平的反应")
               .from("Yu, Dosi, Grazzi, Lei 2017")
               .uncertain(normal, 0.0, 0.10),
           level_response, 0.04);
    member(Spec{"local_stealing", "1", 0, 1,
                "Share of rivals that are local: in efficiency, and where customers go and come from"}
               .chinese("本地竞争替代率")
               .from("judged")
               .uncertain(logitnormal, 0.1, 0.5),
           local_stealing, 0.3);
    member(Spec{"price_elasticity", "1", 0, 5, "Fall of national demand where prices rise beyond their trend"}
               .chinese("全国需求价格弹性")
               .from("model B.5")
               .uncertain(normal, 0.2, 0.8),
           price_elasticity, 0.5);
    member(Spec{"size_drag", "1/year", 0, 0.3, "Slower growth of larger firms, per logarithm of size"}
               .chinese("规模拖累")
               .from("judged; fact C20")
               .uncertain(normal, 0.0, 0.03),
           size_drag, 0.015);
    member(
        Spec{"order_volatility", "1", 0, 0.5, "Standard deviation of the year's large order, for a firm of mean size"}
            .chinese("订单波动")
            .from("model B.3: growth rates C3, C5"),
        order_volatility, 0.3);
    member(Spec{"order_size_exponent", "1", 0, 0.5, "Decline of that deviation with size"}
               .chinese("订单波动的规模指数")
               .from("fact C4"),
           order_size_exponent, 0.15);
    member(Spec{"transitory_share", "1", 0, 1, "Share of a large order that is over after a year; the rest stays"}
               .chinese("一次性订单占比")
               .from("fact C5; size assumed"),
           transitory_share, 0.2);
    member(Spec{"delivery_years", "year", 0.02, 5, "Mean time in which a firm that can delivers orders that wait"}
               .chinese("交货周期")
               .from("model B.13"),
           delivery_years, 0.25);
    member(Spec{"cancellation", "1/year", 0, 10, "Rate at which orders that wait are cancelled"}.chinese("撤单率").from(
               "judged"),
           cancellation, 1.0);
    member(Spec{"link_years", "year", 0.1, 20, "Time in which a new link brings the demand it promises"}.from(
               "Alfaro-Urena et al. 2022: over four years"),
           link_years, 2.0);
}

}  // namespace growth
