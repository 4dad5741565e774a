// The shards of a run, proved to belong together.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/output/memory.hpp"
#include "sim/output/shard.hpp"
#include "study/scenario.hpp"

namespace jiju {

struct Gathered {
    std::vector<sim::ShardReader> shards;
    Study study;
    std::unique_ptr<sim::Outline> outline;
    sim::Extent extent;

    // As results in memory: of the whole run those of the run in one piece.
    void compose(sim::Medium& medium) const;
};

// All of a run, or with `whole` false one stretch of it. How long the run is, its last shard knows: those before it may
// have been made when it was planned to be shorter. FileError where something is missing, twice there or of another
// run.
[[nodiscard]] Gathered gather(const std::vector<std::string>& paths, bool whole = true);

}  // namespace jiju
