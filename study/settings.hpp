// The `--set key=value` of a command line.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/document.hpp"

namespace jiju {

// ScenarioError with every one that is none.
[[nodiscard]] inline std::vector<sim::Override> overrides_of(const std::vector<std::string>& settings) {
    std::vector<sim::Override> overrides;
    std::vector<sim::Problem> problems;
    for (const auto& setting : settings) try {
            overrides.push_back(sim::Override::parse(setting));
        } catch (const sim::ScenarioError& error) {
            problems.insert(problems.end(), error.problems.begin(), error.problems.end());
        }
    if (!problems.empty()) throw sim::ScenarioError(problems);
    return overrides;
}

}  // namespace jiju
