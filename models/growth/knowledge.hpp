// What neighbours learn from each other, and what crowding costs: agglomeration within a cell.
#pragma once

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

// Support over sales from which a firm counts as supported; support fades with a memory of a year.
inline constexpr double supported_from = 1e-3;

struct KnowledgeParameters {
    double own_agglomeration = 0.02, spillover = 0.02, congestion = 0.01, subsidised_rivals = 0.01, policy_fade = 0.15;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"own_agglomeration", "1", -0.2, 0.3, "Elasticity of efficiency to the value added of the cell"}
                   .chinese("本产业集聚弹性")
                   .from("Pan, Zhang; Hu, Xu, Yashiro 2015")
                   .uncertain(normal, -0.01, 0.05),
               p.own_agglomeration);
        member(Spec{"spillover", "1", 0, 0.3, "Elasticity of efficiency to the R&D stock of the cell"}
                   .chinese("知识溢出")
                   .from("model B.9")
                   .uncertain(normal, 0.0, 0.05),
               p.spillover);
        member(Spec{"congestion", "1/year", 0, 0.3, "Loss of efficiency growth where all land is taken"}.from(
                   "assumption"),
               p.congestion);
        member(Spec{"subsidised_rivals", "1/year", 0, 0.3,
                    "Loss of efficiency growth of firms without support where all others have it"}
                   .chinese("受扶持对手的影响")
                   .from("Du et al. 2023: sign; size assumed")
                   .uncertain(normal, 0.0, 0.03),
               p.subsidised_rivals);
        member(Spec{"policy_fade", "1/year", 0, 2, "Rate at which firms forget what policy taught them one by one"}
                   .chinese("政策效果衰减率")
                   .from("model A.0 F3: 10-20 % a year")
                   .uncertain(lognormal, 0.08, 0.28),
               p.policy_fade);
    }
};

// (E26) spillover to efficiency over a step
//       da = A (e_own dln VA + s dln Z) - h c m^2 - h d t (1 - treated)        [model B.9]
//       m: share of the cell's land in use, t: share of the cell's sales with support
template <class T>
struct Surroundings {
    T absorptive{}, agglomeration{}, spillover{}, treated{};  // A, e_own and s as policy moves them, treated: 0 or 1
    double value_added_change = 0, knowledge_change = 0, land_use = 0, treated_share = 0;  // of the cell
};
template <class T>
T spillover_gain(const KnowledgeParameters& p, const Surroundings<T>& x, double h) {
    return x.absorptive * (x.agglomeration * x.value_added_change + x.spillover * x.knowledge_change) -
           h * p.congestion * x.land_use * x.land_use - (h * p.subsidised_rivals * x.treated_share) * (1 - x.treated);
}

// Change of a logarithm over a step, nothing where either side is empty; bounded, since what few firms make can double
// overnight.
inline double log_change(double now, double before) {
    return now > 0 && before > 0 ? sim::clamp(sim::log(now / before), -0.2, 0.2) : 0.0;
}

struct Config;
struct State;
struct Block;
void spill_over(const Config&, int step, State&, const Block&);

}  // namespace growth
