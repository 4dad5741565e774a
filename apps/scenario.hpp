// From what the command line names to a scenario that can run.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "apps/scenarios.hpp"
#include "models/growth/config.hpp"
#include "sim/output/results.hpp"
#include "sim/scenario/document.hpp"

namespace jiju {

// A file as given; else a bare name such as shaoxing-2011/plan, looked for in $JIJU_SCENARIOS and among the scenarios
// that come with the program. ScenarioError with the nearest name where there is neither.
[[nodiscard]] std::filesystem::path find_scenario(const std::string& name);

// For a program that does not lie where its scenarios do: one more folder that holds folders of scenarios, looked
// through after $JIJU_SCENARIOS.
void add_shelf(const std::filesystem::path& folder);

// ScenarioError with every problem.
[[nodiscard]] Scenario open_scenario(const std::string& name, std::span<const sim::Override> overrides = {});
// Of a text in no file, such as the effective scenario of a results file; `name` is what messages say in place of one.
[[nodiscard]] Scenario parse_scenario(const std::string& text, const std::string& name,
                                      std::span<const sim::Override> overrides = {});

// What a run plays side by side.
struct Study {
    Scenarios scenarios;
    std::vector<sim::RecordedFactor> factors = {};

    [[nodiscard]] const growth::Config& first() const { return scenarios.front().config; }
    [[nodiscard]] std::vector<growth::Config> configs() const;
};

// Keys that several scenarios have are told apart by their folders or by a number. ScenarioError where scenarios cannot
// share a file or their draws: other axes, seed or replicates.
[[nodiscard]] Study side_by_side(std::vector<Scenario> scenarios);
void check_alike(const Study& study);

}  // namespace jiju
