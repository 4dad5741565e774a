#include "models/growth/parameters/investment.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

InvestmentParameters::InvestmentParameters() {
    describe(sim::Members::defaults());
}

void InvestmentParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"depreciation", "1/year", 0, 0.5, "Depreciation of fixed capital"}.from("model B.7"), depreciation,
           0.10);
    member(Spec{"trigger", "1", 0, 5, "Gap to desired capital, over capital, from which a firm expands"}
               .chinese("投资触发值")
               .from("model B.7, fact C15"),
           trigger, 0.45);
    member(Spec{"lump", "1", 0, 10, "Least expansion of a firm of one plant, over its capital"}
               .chinese("最小扩建幅度")
               .from("model B.7, fact C15"),
           lump, 2.2);
    member(Spec{"plant_sales", "money/year", 0.01, 1e5, "Sales of one plant"}.needed(china_has_it), plant_sales);
    member(Spec{"time_to_build", "year", 0.02, 5, "Time from order to use: approval and building"}
               .chinese("从立项到投产的时间")
               .from("model A 4.7: 4 quarters; range judged")
               .uncertain(lognormal, 0.8, 1.25),
           time_to_build, 1.0);
    member(Spec{"approval_share", "1", 0, 1, "Share of the time to build that approval takes"}
               .chinese("审批占建设周期比重")
               .from("judged")
               .uncertain(logitnormal, 0.2, 0.5),
           approval_share, 0.33);
    member(Spec{"horizon_years", "year", 0, 5, "How far ahead demand is expected to grow"}.from(
               "judged: the time to build"),
           horizon_years, 1.0);
    member(Spec{"expectation_memory", "year", 0.05, 10, "Memory of the growth that firms expect"}.from("judged"),
           expectation_memory, 1.0);
    member(Spec{"user_cost_elasticity", "1", 0, 3, "Response of desired capital to its user cost"}
               .chinese("资本使用成本弹性")
               .from("form F6")
               .uncertain(lognormal, 0.15, 1.0),
           user_cost_elasticity, 0.4);
    member(
        Spec{"normal_lending_rate", "1/year", 0.001, 0.5, "Lending rate at which designed capital is desired"}.needed(
            china_has_it),
        normal_lending_rate);
    member(Spec{"finance_share", "1", 0, 1, "Share of the unused credit line that one expansion may take"}
               .chinese("融资满足比例")
               .from("model B.7")
               .uncertain(normal, 0.5, 0.9),
           finance_share, 0.7);
    member(Spec{"backlog_years", "year", 0.1, 20, "Time in which a firm builds to work off the orders that wait"}
               .chinese("积压订单消化年限")
               .from("judged"),
           backlog_years, 2.0);
    member(Spec{"embodied_share", "1", 0, 1, "Share of the national growth of efficiency that comes with new plant"}
               .chinese("设备体现型技术进步占比")
               .from("model B.15"),
           embodied_share, 0.4);
    member(Spec{"substitution", "1", 0, 3, "Elasticity of substitution between capital and labour in new plant"}
               .chinese("资本劳动替代弹性")
               .from("Cobb-Douglas: 1"),
           substitution, 1.0);
}

}  // namespace growth
