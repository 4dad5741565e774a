// Parameters of entry.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct EntryParameters {
    double start_up_rate, demand_response, spin_off_rate, spin_off_inheritance;
    double attracted_rate, attracted_investment, attracted_spread, attracted_realised;
    double attracted_output_ratio, attracted_efficiency;
    double grafted_rate, grafted_size, grafted_spread, grafted_relabelled, grafted_efficiency;
    double start_up_size, start_up_spread, start_up_efficiency, efficiency_spread;
    double plant_spillover;

    EntryParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
