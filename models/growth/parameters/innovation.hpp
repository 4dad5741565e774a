// Parameters of R&D and innovation.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct InnovationParameters {
    double search_efficiency, innovation_share, research_scale, scale_output, scale_exponent;
    double gain_low, gain_high, difficulty, imitation_step, frontier_reach, frontier_lead;
    double learning, persistence, volatility, knowledge_decay;
    double patent_rate, patent_cost, patent_exponent, patent_inflation;
    double relabelled, spending_years, within_share;

    InnovationParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
