// Parameters of what statistics say.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct ReportingParameters {
    double inflation, measurement_spread;

    ReportingParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
