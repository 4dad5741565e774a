#include "models/growth/parameters/knowledge.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

KnowledgeParameters::KnowledgeParameters() {
    describe(sim::Members::defaults());
}

void KnowledgeParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"own_agglomeration", "1", -0.2, 0.3, "Elasticity of efficiency to the value added of the cell"}
               .chinese("本产业集聚弹性")
               .from("Pan, Zhang; Hu, Xu, Yashiro 2015")
               .uncertain(normal, -0.01, 0.05),
           own_agglomeration, 0.02);
    member(Spec{"spillover", "1", 0, 0.3, "Elasticity of efficiency to the R&D stock of the cell"}
               .chinese("知识溢出")
               .from("model B.9")
               .uncertain(normal, 0.0, 0.05),
           spillover, 0.02);
    member(Spec{"congestion", "1/year", 0, 0.3, "Loss of efficiency growth where all land is taken"}.from("assumption"),
           congestion, 0.01);
    member(Spec{"subsidised_rivals", "1/year", 0, 0.3,
                "Loss of efficiency growth of firms without support where all others have it"}
               .chinese("受扶持对手的影响")
               .from("model B.9")
               .uncertain(normal, 0.0, 0.03),
           subsidised_rivals, 0.01);
    member(Spec{"policy_fade", "1/year", 0, 2, "Rate at which firms forget what policy taught them one by one"}
               .chinese("政策效果衰减率")
               .from("model A.0 F3: 10-20 % a year")
               .uncertain(lognormal, 0.08, 0.28),
           policy_fade, 0.15);
}

}  // namespace growth
