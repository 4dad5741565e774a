// What results of the growth model contain, in a file or for a page that has no files.
#pragma once

#include <string>
#include <vector>

#include "models/growth/config.hpp"
#include "sim/record/layout.hpp"
#include "sim/record/view.hpp"
#include "study/scenario.hpp"

namespace jiju {

// Every output, in the order of the record, as a scenario says it, or as no scenario does.
[[nodiscard]] std::vector<sim::Variable> variables(const growth::Config* config = nullptr);

[[nodiscard]] sim::Recording recording_of(const growth::Recording& record);

// Axes, variables and what goes along them. Without the scenarios' texts, and without what says who simulated it.
[[nodiscard]] sim::Layout layout_of(const Study& study);

// std::invalid_argument where the scenario's parts, each right by itself, cannot lie in one results file, as when two
// keys clash on one axis.
void check_layout(const Scenario& scenario);

// Every value written out, so that the text alone gives the same run.
[[nodiscard]] std::string effective_scenario(const growth::Config& config);

}  // namespace jiju
