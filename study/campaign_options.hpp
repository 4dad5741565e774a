// What a front can ask of a campaign, and what its dedicated options mean as settings of a scenario.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/document.hpp"
#include "study/usage_error.hpp"

namespace jiju {

// How replicates are simulated and kept, whatever the scenarios are.
struct CampaignOptions {
    // Instead of a number of replicates: from the first up to before the second, as a shard of a run whose end is not
    // yet known.
    std::optional<std::pair<std::int64_t, std::int64_t>> range;
    std::optional<std::int64_t> replicates, replicates_per_draw, seed;
    std::optional<int> threads;
    std::vector<std::string> settings;
    std::string output;
    std::optional<std::string> detail, outputs;
    std::optional<std::int64_t> panels;
    std::string precision, shard, failures = "continue";
    bool resume = false, force = false;
    std::optional<double> checkpoint_seconds;
};

// UsageError where options make no sense together; whatever forbids all replicates is thrown here too.
void check(const CampaignOptions& options);

// Whether a part of a run is asked for, so that the file is a shard.
[[nodiscard]] bool is_part(const CampaignOptions& options);

// The dedicated options as settings like any other, so that the effective scenario says what was run.
[[nodiscard]] std::vector<sim::Override> overrides_of(const CampaignOptions& options);

// After how many failed replicates a campaign gives up; nothing where it never does.
[[nodiscard]] std::optional<std::size_t> most_failures(const std::string& policy);

}  // namespace jiju
