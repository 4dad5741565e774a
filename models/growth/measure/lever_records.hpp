// What a run records of levers: what they paid, to whom, and what became of their budgets.
#pragma once

#include <limits>

#include "sim/describe/spec.hpp"

namespace growth {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

// By lever and by who received it: firms of a tier, or nobody in particular.
struct LeverOutputs {
    double lever_money = 0, lever_joined = 0, lever_received = 0, lever_leaked = 0, lever_services = 0, lever_land = 0,
           lever_persons = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        member(Spec{"lever_money", "money", 0, unbounded, "Public money paid out or forgone"}.chinese("政策资金"),
               r.lever_money);
        member(Spec{"lever_joined", "money", 0, unbounded, "Private money that came with it"}.chinese("带动社会资金"),
               r.lever_joined);
        member(
            Spec{"lever_received", "money", 0, unbounded, "Money that reached firms in cash"}.chinese("企业到账资金"),
            r.lever_received);
        member(Spec{"lever_leaked", "money", 0, unbounded, "Money misused or lost on the way"}.chinese("漏损资金"),
               r.lever_leaked);
        member(Spec{"lever_services", "money", 0, unbounded,
                    "Money spent on services and sites, and on losses and interest of loans"}
                   .chinese("公共服务与建设支出"),
               r.lever_services);
        member(Spec{"lever_land", "area", 0, unbounded, "Land given"}.chinese("政策用地"), r.lever_land);
        member(Spec{"lever_persons", "1", 0, unbounded, "Persons brought"}.chinese("政策引进人员"), r.lever_persons);
    }
};

struct AccountOutputs {
    double lever_asked = 0, lever_allotted = 0, lever_beyond = 0, lever_lapsed = 0, lever_waiting = 0,
           lever_site_share = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::OverTime;
        member(Spec{"lever_asked", "money", 0, unbounded,
                    "Money the lever asked for; more than it was allotted where its purse was short"}
                   .chinese("申请预算"),
               r.lever_asked);
        member(Spec{"lever_allotted", "money", 0, unbounded, "Money allotted out of the lever's budget"}.chinese(
                   "预算拨款"),
               r.lever_allotted);
        member(Spec{"lever_beyond", "money", 0, unbounded,
                    "Money that no budget bounds: taxes forgone, losses, land and treatments by number"}
                   .chinese("预算外支出"),
               r.lever_beyond);
        member(Spec{"lever_lapsed", "money", 0, unbounded, "Money of the budget that found nobody"}.chinese("未用预算"),
               r.lever_lapsed);
        member(Spec{"lever_waiting", "money", -unbounded, unbounded,
                    "Money of the budget that waits for the next whole grant, site, deal or firm"}
                   .chinese("结转预算")
                   .over(OverTime::last),
               r.lever_waiting);
        member(Spec{"lever_site_share", "1", 0, 1, "Share of the clusters in which a site of the lever works"}
                   .chinese("建成平台的集聚区占比")
                   .over(OverTime::last),
               r.lever_site_share);
    }
};

// What a lever costs: parts of its money by kind, and what it costs besides (docs/costs.md).
struct CostOutputs {
    double lever_forgone = 0, lever_loan_cost = 0, lever_administration = 0, lever_land_loss = 0, lever_citywide = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec;
        member(Spec{"lever_forgone", "money", 0, unbounded,
                    "Of the lever's money: taxes that firms saved and costs that were refunded to them"}
                   .chinese("减免税与费用返还"),
               r.lever_forgone);
        member(Spec{"lever_loan_cost", "money", 0, unbounded,
                    "Of the lever's money: losses on loans and interest paid for firms"}
                   .chinese("贷款损失与贴息"),
               r.lever_loan_cost);
        member(Spec{"lever_administration", "money", 0, unbounded,
                    "Cost of those who carry the lever out, beyond its money"}
                   .chinese("行政成本"),
               r.lever_administration);
        member(Spec{"lever_land_loss", "money", 0, unbounded,
                    "Value added that the rest of industry lacks for the land the lever took from it"}
                   .chinese("用地机会成本"),
               r.lever_land_loss);
        member(Spec{"lever_citywide", "money", 0, unbounded,
                    "Of the lever's money: what is in no place, as services for all, losses and interest of loans"}
                   .chinese("不分地区的政策资金"),
               r.lever_citywide);
    }
};

// Where a lever's money was spent: on firms, sites and land of a place. With what is in no place it is all of it.
struct PlaceLeverOutputs {
    double place_lever_money = 0, place_lever_beyond = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec;
        member(
            Spec{"place_lever_money", "money", 0, unbounded, "Public money paid out or forgone in the place"}.chinese(
                "政策资金"),
            r.place_lever_money);
        member(Spec{"place_lever_beyond", "money", 0, unbounded,
                    "Of it, money that no budget bounds: taxes forgone, land and treatments by number"}
                   .chinese("预算外支出"),
               r.place_lever_beyond);
    }
};

// Over all years together: kept of every replicate, so that a purse that binds is seen whatever else is recorded.
struct PurseOutputs {
    double lever_asked_total = 0, lever_allotted_total = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec;
        member(Spec{"lever_asked_total", "money", 0, unbounded, "Money the lever asked for in all years"}.chinese(
                   "累计申请预算"),
               r.lever_asked_total);
        member(Spec{"lever_allotted_total", "money", 0, unbounded,
                    "Money the lever was allotted in all years; less than it asked for where its purse was short"}
                   .chinese("累计预算拨款"),
               r.lever_allotted_total);
    }
};

}  // namespace growth
