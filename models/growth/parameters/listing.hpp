// Parameters of going public.
#pragma once

#include "sim/describe/spec.hpp"

namespace growth {

struct ListingParameters {
    double rate, min_sales, proceeds_ratio, proceeds_cap, research_share, proceeds_kept;

    ListingParameters();
    void describe(const sim::Members& member);
};

}  // namespace growth
