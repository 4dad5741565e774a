// Parameters of exit and mergers.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct ExitParameters {
    double closure_rate, closure_size, size_exponent, young_factor, young_years, stress_response, arrears,
        arrears_listed, recovery;
    double merger_rate, merger_min_sales, merger_max_ratio, scrapped, guaranteed_factor, full_guarantee;

    ExitParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
