// Plays a study as the command line asks: with or without a file, whole or a shard, once or after an interruption.
#pragma once

#include "apps/commands.hpp"
#include "apps/scenario.hpp"
#include "apps/summary.hpp"
#include "sim/scenario/document.hpp"

namespace jiju {

// The dedicated options as settings like any other, so that the effective scenario says what was run.
[[nodiscard]] std::vector<sim::Override> overrides_of(const CampaignOptions& options);

// Returns the exit code, having printed the table of targets.
int carry_out(const Study& study, const CampaignOptions& options);

// Of samples, a table for each scenario.
[[nodiscard]] std::vector<Summary> summarise(const Study& study, const AllSamples& samples, const Maker& maker);

}  // namespace jiju
