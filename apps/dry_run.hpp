// `--dry-run`: time, memory and disk, foretold from a few replicates.
#pragma once

#include "apps/commands.hpp"
#include "apps/scenario.hpp"
#include "sim/run/ensemble.hpp"

namespace jiju {

int foretell(const Study& study, const CampaignOptions& options);

// All but which replicates.
[[nodiscard]] sim::Plan plan_of(const growth::Config& config, const CampaignOptions& options);

}  // namespace jiju
