// `jiju run`: plays scenarios forward side by side, writes the results file if one is asked for, and prints the table
// of targets.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "apps/campaign.hpp"
#include "apps/commands.hpp"
#include "apps/scenario.hpp"

namespace jiju {
namespace {

// The file's name, and where several have it the folder's before it, and a number where even that is the same.
void make_keys_unlike(std::vector<Scenario>& scenarios) {
    const auto repeated = [&](const std::string& key) {
        return std::count_if(scenarios.begin(), scenarios.end(), [&](const auto& each) { return each.key == key; }) > 1;
    };
    std::vector<std::string> keys;
    for (const auto& scenario : scenarios)
        keys.push_back(repeated(scenario.key) ? (scenario.path.parent_path().filename() / scenario.path.stem()).string()
                                              : scenario.key);
    for (std::size_t i = 0; i < keys.size(); ++i) scenarios[i].key = keys[i];
    std::map<std::string, int> seen;
    for (auto& scenario : scenarios)
        if (const int times = ++seen[scenario.key]; times > 1) scenario.key += fmt::format("-{}", times);
}

}  // namespace

int run(const RunOptions& options) {
    const auto overrides = overrides_of(options);
    Study study;
    for (const auto& name : options.scenarios) study.scenarios.push_back(open_scenario(name, overrides));
    make_keys_unlike(study.scenarios);
    check_alike(study);
    return carry_out(study, options);
}

}  // namespace jiju
