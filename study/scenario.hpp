// From what the command line names to a scenario that can run.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "models/growth/config.hpp"
#include "sim/record/layout.hpp"
#include "sim/scenario/document.hpp"
#include "study/scenarios.hpp"

namespace jiju {

// The rule by which names find files: $JIJU_SCENARIOS, folders separated by colons, and then what comes with the
// program.
[[nodiscard]] sim::Search scenario_search();

// A file as given, relative to `folder`; else a bare name such as shaoxing-2011/plan. ScenarioError with the nearest
// name where there is neither.
[[nodiscard]] std::filesystem::path find_scenario(const std::string& name, const std::filesystem::path& folder = {});
// The same of a design; fund-and-land is that name in the folder `designs` of any scenario's folder.
[[nodiscard]] std::filesystem::path find_design(const std::string& name);

// For a program that does not lie where its scenarios do: one more shelf, after those of $JIJU_SCENARIOS.
void add_shelf(const std::filesystem::path& folder);

// ScenarioError with every problem.
[[nodiscard]] Scenario open_scenario(const std::string& name, std::span<const sim::Override> overrides = {});
// Of what was read before, from the file `path` or from a text that messages call so, with its table of firms if it has
// one (firm_file_of).
[[nodiscard]] Scenario read_scenario(std::filesystem::path path, const sim::Document& document,
                                     const growth::FirmFile* firms);

// What a run simulates side by side.
struct Study {
    Scenarios scenarios;
    std::vector<sim::RecordedFactor> factors = {};

    [[nodiscard]] const growth::Config& first() const { return scenarios.front().config; }
    [[nodiscard]] std::vector<growth::Config> configs() const;
};

// Keys that several scenarios have are distinguished by their folders or by a number. ScenarioError where scenarios
// cannot share a file or their draws: other axes, seed or replicates.
[[nodiscard]] Study side_by_side(std::vector<Scenario> scenarios);
void check_alike(const Study& study);

}  // namespace jiju
