// `--dry-run`: time, memory and disk, estimated from a short pilot.
#pragma once

#include <vector>

#include "apps/commands.hpp"
#include "apps/scenario.hpp"
#include "sim/output/shard.hpp"

namespace jiju {

int estimate_run(const Study& study, const CampaignOptions& options);

// Of a merge: the shards have been proved, which took `seconds`; one of them is read.
int estimate_merge(const std::vector<sim::ShardReader>& shards, const Study& study, const sim::Outline& outline,
                   const MergeOptions& options, double seconds);

}  // namespace jiju
