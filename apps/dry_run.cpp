#include "apps/dry_run.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include "apps/campaign.hpp"
#include "apps/console.hpp"
#include "apps/interruption.hpp"
#include "apps/layout.hpp"
#include "apps/room.hpp"
#include "apps/summary.hpp"
#include "models/growth/model.hpp"
#include "sim/run/parts.hpp"

namespace jiju {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begun) {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

// Since the process began: of thousands of scenarios, opening them is part of the work. In ticks of a hundredth.
double seconds_so_far() {
    struct rusage used {};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::string duration_text(double seconds) {
    if (seconds < 120) return fmt::format("{:.1f} s", seconds);
    if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

double peak_bytes() {
    struct rusage used {};
    ::getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) * 1024;
}

// Some scenarios of many, tasks of neighbours as the run makes them.
class SomeConfigs {
public:
    explicit SomeConfigs(const Scenarios& all) : all_(&all) {
        constexpr std::size_t most = 64;
        constexpr auto task = sim::ensemble::scenarios_of_task;
        const auto tasks = (all.size() + task - 1) / task, step = std::max<std::size_t>(1, tasks * task / most);
        for (std::size_t first = 0; first < tasks; first += step)
            for (auto i = first * task; i < std::min(all.size(), (first + 1) * task); ++i) places_.push_back(i);
    }
    [[nodiscard]] std::size_t size() const { return places_.size(); }
    [[nodiscard]] growth::Config operator[](std::size_t i) const { return all_->config(places_[i]); }

private:
    const Scenarios* all_;
    std::vector<std::size_t> places_;
};

struct Pilot {
    std::size_t replicates, scenarios;
    double seconds;         // a replicate of a scenario, on all threads
    double held;            // bytes that it kept, which the run keeps otherwise
    double bytes_observed;  // of single agents, a replicate of a scenario that is observed
};

// Twice: the first run warms up and says how many a second run may take.
Pilot simulate_pilot(const Study& study, const sim::Outline& outline, const CampaignOptions& options) {
    constexpr double worth_its_time = 1.5;  // seconds
    const SomeConfigs configs(study.scenarios);
    auto plan = plan_of(study.first(), options);
    plan.stop = Interruption::flag();
    const auto threads = static_cast<std::size_t>(plan.threads);
    Pilot pilot{std::min(outline.planned, 2 * threads), configs.size(), 0, 0, 0};
    for (int round = 0; round < 2; ++round) {
        sim::Collector collector(outline.view, configs.size(), outline.layout.panel.size(), 0);
        plan.replicates = pilot.replicates;
        plan.panels = outline.recording.panels;
        const auto begun = Clock::now();
        const auto outcome = sim::run_ensemble<growth::Growth>(configs, plan, collector);
        const auto took = seconds_since(begun);
        pilot.replicates = std::max<std::size_t>(outcome.replicates, 1);
        pilot.seconds = took / static_cast<double>(pilot.replicates * configs.size());
        const auto observed = collector.block().panel_replicate.size() * (collector.block().panel.size() + 2);
        const auto runs = std::min(std::max<std::size_t>(plan.panels, 1), pilot.replicates) * configs.size();
        pilot.bytes_observed = static_cast<double>(observed * sizeof(double)) / static_cast<double>(runs);
        pilot.held =
            static_cast<double>(collector.bytes() + memory_of_statistics(outline, configs.size(), pilot.replicates));
        if (round > 0 || outcome.interrupted || took > worth_its_time) break;
        const auto more = worth_its_time / std::max(took, 1e-3) * static_cast<double>(pilot.replicates);
        const auto rounded = (static_cast<std::size_t>(more) / threads + 1) * threads;
        if (std::min(outline.planned, rounded) <= pilot.replicates) break;
        pilot.replicates = std::min(outline.planned, rounded);
    }
    return pilot;
}

struct Estimate {
    double seconds, memory, disk;  // bytes
    double disk_while_running;
};

void tell(const Estimate& estimate, const std::string& what, nlohmann::ordered_json json, bool as_json, bool writes) {
    const auto available = static_cast<double>(available_memory() + resident_memory());
    if (as_json) {
        json["seconds"] = estimate.seconds;
        json["memory_mb"] = estimate.memory * 1e-6;
        json["available_memory_mb"] = available * 1e-6;
        json["disk_mb"] = estimate.disk * 1e-6;
        json["disk_while_running_mb"] = estimate.disk_while_running * 1e-6;
        print(dump(json));
        return;
    }
    const auto disk = !writes ? std::string("none without -o")
                              : fmt::format("{:.1f} MB, {:.1f} MB while it runs", estimate.disk * 1e-6,
                                            estimate.disk_while_running * 1e-6);
    print(fmt::format("{}:\n  time    {}\n  memory  {:.0f} MB of {:.0f} MB\n  disk    {}\n", what,
                      duration_text(estimate.seconds), estimate.memory * 1e-6, available * 1e-6, disk));
}

}  // namespace

int estimate_run(const Study& study, const CampaignOptions& options) {
    // Bytes a second that are written, made safe and read back, beside the run.
    constexpr double speed_of_writing = 400e6;
    const auto opening = seconds_so_far();
    const auto outline = outline_of(study);
    const auto extent = shard_of(options.shard, outline.planned);
    const auto kind = options.shard.empty() ? sim::FileKind::results : sim::FileKind::shard;
    const bool writes = !options.output.empty();
    const auto threads = plan_of(study.first(), options).threads;
    const auto to = writes ? Destination::file : Destination::nowhere;
    check_room(study, outline, extent.count, threads, to, options.output, kind);
    const auto pilot = simulate_pilot(study, outline, options);
    const auto runs = static_cast<double>(extent.count * study.scenarios.size());
    // Single agents are kept until the end and written as a whole.
    constexpr double times_observed = 2.5;
    const auto observed = pilot.bytes_observed * static_cast<double>(std::min(outline.recording.panels, extent.count) *
                                                                     study.scenarios.size());
    const auto bytes = writes ? static_cast<double>(sim::estimated_size(outline, extent.count, kind)) + observed : 0;
    const auto simulating = pilot.seconds * runs;
    const Estimate estimate{opening + simulating + bytes / speed_of_writing,
                            peak_bytes() - pilot.held + (writes ? times_observed * observed : 0) +
                                static_cast<double>(memory_of(outline, extent.count, to, simulating)),
                            bytes, 2 * bytes};
    const auto plural = [](auto n) { return n == 1 ? "" : "s"; };
    tell(estimate,
         fmt::format("{} scenario{} x {} replicates on {} thread{}, by a pilot of {} replicates{}",
                     study.scenarios.size(), plural(study.scenarios.size()), extent.count, threads, plural(threads),
                     pilot.replicates,
                     pilot.scenarios < study.scenarios.size() ? fmt::format(" of {} scenarios", pilot.scenarios) : ""),
         {{"format", "jiju dry run"},
          {"version", 2},
          {"scenarios", study.scenarios.size()},
          {"replicates", extent.count},
          {"pilot_replicates", pilot.replicates},
          {"pilot_scenarios", pilot.scenarios},
          {"threads", threads}},
         options.json, writes);
    return exit_code::ok;
}

int estimate_merge(const std::vector<sim::ShardReader>& shards, const Study& study, const sim::Outline& outline,
                   const MergeOptions& options, double seconds) {
    check_room(study, outline, outline.planned, 1, Destination::file, options.output, sim::FileKind::results);
    const auto begun = Clock::now();
    shards.front().for_each_block(outline, [](const sim::Block&) {});
    const auto first = static_cast<double>(shards.front().extent().count);
    // What is read is written once more, read back and shown.
    constexpr double times_reading = 3;
    const auto reading = seconds_since(begun) * static_cast<double>(outline.planned) / first;
    const auto bytes = static_cast<double>(sim::estimated_size(outline, outline.planned, sim::FileKind::results));
    const Estimate estimate{
        seconds + times_reading * reading,
        peak_bytes() + static_cast<double>(memory_of(outline, outline.planned, Destination::file, 1)) / 2, bytes,
        bytes};
    tell(estimate, fmt::format("{} shards with {} replicates", shards.size(), outline.planned),
         {{"format", "jiju dry run"},
          {"version", 2},
          {"scenarios", study.scenarios.size()},
          {"replicates", outline.planned},
          {"shards", shards.size()}},
         options.json, true);
    return exit_code::ok;
}

}  // namespace jiju
