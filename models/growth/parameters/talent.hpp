// Parameters of people.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct TalentParameters {
    double staff_growth, cost_per_staff, scarcity, arrivals, departure;
    double founder_share, host_gain, displacement, team_rate, team_staff, team_gain;
    double team_quota;

    TalentParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
