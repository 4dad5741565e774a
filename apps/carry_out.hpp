// A campaign carried out for a person at a terminal: with a bar, in words, and ended by a signal in good order.
#pragma once

#include "apps/commands.hpp"
#include "study/scenario.hpp"

namespace jiju {

// Returns the exit code, having printed the table of targets.
int carry_out(const Study& study, const CampaignOptions& options, const Reporting& reporting);

}  // namespace jiju
