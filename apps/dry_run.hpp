// `--dry-run`: time, memory and disk, foretold from a few replicates.
#pragma once

#include "apps/commands.hpp"
#include "apps/scenario.hpp"

namespace jiju {

int foretell(const Study& study, const CampaignOptions& options);

}  // namespace jiju
