// What a results file of the growth model contains.
#pragma once

#include <vector>

#include "models/growth/config.hpp"
#include "sim/output/results.hpp"

namespace jiju {

// Every output, in the order of the record.
[[nodiscard]] std::vector<sim::Variable> variables();

[[nodiscard]] sim::Layout layout_of(const growth::Config& config);

// Every value written out, so that the text alone gives the same run.
[[nodiscard]] std::string effective_scenario(const growth::Config& config);

}  // namespace jiju
