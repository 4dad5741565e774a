// What a results file of the growth model contains.
#pragma once

#include <string>
#include <vector>

#include "models/growth/config.hpp"
#include "sim/output/writer.hpp"
#include "study/scenario.hpp"

namespace jiju {

// Every output, in the order of the record, as a scenario says it, or as no scenario does.
[[nodiscard]] std::vector<sim::Variable> variables(const growth::Config* config = nullptr);

// What the files of a run say, apart from numbers. std::invalid_argument where an output to be recorded does not exist.
[[nodiscard]] sim::Outline outline_of(const Study& study, const std::string& stopping_rule = {});

// std::invalid_argument where the scenario's parts, each right by itself, cannot lie in one results file, as when two
// keys clash on one axis.
void check_layout(const Scenario& scenario);

// Every value written out, so that the text alone gives the same run.
[[nodiscard]] std::string effective_scenario(const growth::Config& config);

}  // namespace jiju
