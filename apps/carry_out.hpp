// A campaign carried out for a person at a terminal: with a bar, in words, and ended by a signal in good order.
#pragma once

#include "apps/commands.hpp"
#include "apps/scenario.hpp"
#include "apps/summary.hpp"

namespace jiju {

// Returns the exit code, having printed the table of targets.
int carry_out(const Study& study, const CampaignOptions& options);

// Of samples, a table for each scenario.
[[nodiscard]] std::vector<Summary> summarise(const Study& study, const AllSamples& samples, const Maker& maker);

}  // namespace jiju
