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
    member(Spec{"congestion", "1/year", 0, 0.3, "Loss of efficiency growth where all land is taken"}.from("judged"),
           congestion, 0.01);
    member(Spec{"support_gain", "1/year", 0, 0.3, "Gain of efficiency growth of a firm with full support"}
               .chinese("受扶持企业的效率增益")
               .from("Du, Girma, Goerg, Stepanok 2023: a boost; size judged, as what rivals lose")
               .uncertain(normal, 0.0, 0.03),
           support_gain, 0.01);
    member(Spec{"full_support", "1", 1e-4, 1, "Support a year over sales at which its effects are full"}
               .chinese("足额扶持强度")
               .from("judged: what subsidised firms receive")
               .uncertain(lognormal, 0.004, 0.025),
           full_support, 0.01);
    member(Spec{"subsidised_rivals", "1/year", 0, 0.3,
                "Loss of efficiency growth of firms without support where all others have it"}
               .chinese("受扶持对手的影响")
               .from("Du, Girma, Goerg, Stepanok 2023; size of model A 3.1, judged")
               .uncertain(normal, 0.0, 0.03),
           subsidised_rivals, 0.01);
    member(Spec{"policy_fade", "1/year", 0, 2, "Rate at which firms forget what policy taught them one by one"}
               .chinese("政策效果衰减率")
               .from("model A.0 F3: 10-20 % a year")
               .uncertain(lognormal, 0.08, 0.28),
           policy_fade, 0.15);
}

}  // namespace growth
