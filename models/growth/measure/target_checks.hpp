// Whether targets ask for what there is: outputs, filters, measures, units and years.
#pragma once

#include "models/growth/config.hpp"
#include "sim/scenario/problems.hpp"

namespace growth {

void check_targets(const Config&, const sim::Document&, sim::Problems&);

// Targets that name no unit have that of what they count.
void fill_units(Config&);

}  // namespace growth
