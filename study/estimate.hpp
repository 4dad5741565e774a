// Time, memory and disk of a campaign or a merge, estimated before it begins from a short pilot.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>

#include "study/campaign_options.hpp"
#include "study/gather.hpp"
#include "study/scenario.hpp"

namespace jiju {

struct Estimate {
    double seconds, memory, disk, disk_while_running;  // bytes
    std::size_t scenarios, replicates;
    int threads = 1;
    std::size_t pilot_replicates = 0, pilot_scenarios = 0;
};

// UsageError or FileError where memory or disk cannot hold it (check_room). Setting `stop` ends the pilot.
[[nodiscard]] Estimate estimate_of(const Study& study, const CampaignOptions& options, const std::atomic<bool>* stop);

// Of a merge: the shards have been proved, which took `seconds`; one of them is read.
[[nodiscard]] Estimate estimate_of_merge(const Gathered& run, const std::string& output, double seconds);

}  // namespace jiju
