#include "apps/dry_run.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/summary_tables.hpp"
#include "sim/describe/translated.hpp"
#include "study/room.hpp"

namespace jiju {
namespace {

std::string duration_text(double seconds) {
    if (seconds < 120) return fmt::format("{:.1f} s", seconds);
    if (seconds < 7200) return sim::translated("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

double available_bytes() {
    return static_cast<double>(available_memory() + resident_memory());
}

std::string json_of(const Estimate& estimate, nlohmann::ordered_json json) {
    json["seconds"] = estimate.seconds;
    json["memory_mb"] = estimate.memory * 1e-6;
    json["available_memory_mb"] = available_bytes() * 1e-6;
    json["disk_mb"] = estimate.disk * 1e-6;
    json["disk_while_running_mb"] = estimate.disk_while_running * 1e-6;
    return dump(json);
}

std::string text_of(const Estimate& estimate, const std::string& what) {
    const auto disk = estimate.disk > 0 ? sim::translated("{:.1f} MB, {:.1f} MB while it runs", estimate.disk * 1e-6,
                                                          estimate.disk_while_running * 1e-6)
                                        : std::string(sim::translated("none without -o"));
    return sim::translated("{}:\n  time    {}\n  memory  {:.0f} MB of {:.0f} MB\n  disk    {}\n", what,
                           duration_text(estimate.seconds), estimate.memory * 1e-6, available_bytes() * 1e-6, disk);
}

}  // namespace

std::string json_of_run(const Estimate& estimate) {
    return json_of(estimate, {{"format", "jiju dry run"},
                              {"version", 2},
                              {"scenarios", estimate.scenarios},
                              {"replicates", estimate.replicates},
                              {"pilot_replicates", estimate.pilot_replicates},
                              {"pilot_scenarios", estimate.pilot_scenarios},
                              {"threads", estimate.threads}});
}

std::string text_of_run(const Estimate& estimate) {
    const auto& [seconds, memory, disk, peak, scenarios, replicates, threads, pilot, pilot_scenarios] = estimate;
    const auto plural = [](auto n) { return n == 1 ? "" : "s"; };
    return text_of(
        estimate,
        sim::translated("{} scenario{} x {} replicates on {} thread{}, by a pilot of {} replicates{}", scenarios,
                        plural(scenarios), replicates, threads, plural(threads), pilot,
                        pilot_scenarios < scenarios ? sim::translated(" of {} scenarios", pilot_scenarios) : ""));
}

std::string json_of_merge(const Estimate& estimate, std::size_t shards) {
    return json_of(estimate, {{"format", "jiju dry run"},
                              {"version", 2},
                              {"scenarios", estimate.scenarios},
                              {"replicates", estimate.replicates},
                              {"shards", shards}});
}

std::string text_of_merge(const Estimate& estimate, std::size_t shards) {
    return text_of(estimate, sim::translated("{} shards with {} replicates", shards, estimate.replicates));
}

}  // namespace jiju
