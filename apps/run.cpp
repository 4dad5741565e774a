// `jiju run`: simulates scenarios side by side, writes the results file if one is asked for, and prints the table
// of targets.
#include <utility>

#include "apps/carry_out.hpp"
#include "apps/commands.hpp"
#include "study/campaign.hpp"
#include "study/scenario.hpp"

namespace jiju {
int run(const RunOptions& options) {
    const auto overrides = overrides_of(options);
    std::vector<Scenario> scenarios;
    for (const auto& name : options.scenarios) scenarios.push_back(open_scenario(name, overrides));
    return carry_out(side_by_side(std::move(scenarios)), options, options);
}

}  // namespace jiju
