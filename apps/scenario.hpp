// From what the command line names to a scenario that can run.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "models/growth/config.hpp"
#include "sim/scenario/document.hpp"

namespace jiju {

// A file as given; else a bare name such as shaoxing-2011/plan, looked for in $JIJU_SCENARIOS and among the scenarios
// that come with the program. ScenarioError with the nearest name where there is neither.
[[nodiscard]] std::filesystem::path find_scenario(const std::string& name);

struct Scenario {
    std::filesystem::path path;
    growth::Config config;
};

// ScenarioError with every problem.
[[nodiscard]] Scenario open_scenario(const std::string& name, std::span<const sim::Override> overrides = {});

}  // namespace jiju
