// Parameters of knowledge and agglomeration.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct KnowledgeParameters {
    double own_agglomeration, spillover, congestion, support_gain, subsidised_rivals, full_support, policy_fade;

    KnowledgeParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
