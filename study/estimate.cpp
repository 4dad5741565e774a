#include "study/estimate.hpp"

#include <algorithm>
#include <chrono>

#include <sys/resource.h>

#include "models/growth/model.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/run/parts.hpp"
#include "study/campaign.hpp"
#include "study/outline.hpp"
#include "study/room.hpp"

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
Pilot run_pilot(const Study& study, const sim::Outline& outline, const CampaignOptions& options,
                const std::atomic<bool>* stop) {
    constexpr double worth_its_time = 1.5;  // seconds
    const SomeConfigs configs(study.scenarios);
    auto plan = plan_of(study.first(), options);
    plan.stop = stop;
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

}  // namespace

Estimate estimate_of(const Study& study, const CampaignOptions& options, const std::atomic<bool>* stop) {
    // Bytes a second that are written, made safe and read back, beside the run.
    constexpr double speed_of_writing = 150e6;
    const auto opened = seconds_so_far();
    const auto outline = outline_of(study);
    const auto beginning = seconds_so_far(), outlining = beginning - opened;
    const auto extent = shard_of(options.shard, outline.planned);
    const auto kind = options.shard.empty() ? sim::FileKind::results : sim::FileKind::shard;
    const bool writes = !options.output.empty();
    const auto threads = plan_of(study.first(), options).threads;
    const auto to = writes ? Destination::file : Destination::nowhere;
    check_room(study, outline, extent.count, threads, to, options.output, kind);
    const auto pilot = run_pilot(study, outline, options, stop);
    const auto runs = static_cast<double>(extent.count * study.scenarios.size());
    // Single agents are kept until the end and written as a whole.
    constexpr double times_observed = 2.5;
    const auto observed = pilot.bytes_observed * static_cast<double>(std::min(outline.recording.panels, extent.count) *
                                                                     study.scenarios.size());
    const auto bytes = writes ? static_cast<double>(sim::estimated_size(outline, extent.count, kind)) + observed : 0;
    const auto running = pilot.seconds * runs;
    // The texts of scenarios are made once for the digest of the run and once more for its file.
    return {.seconds = beginning + running + (writes ? outlining + bytes / speed_of_writing : 0),
            .memory = peak_bytes() - pilot.held + (writes ? times_observed * observed : 0) +
                      static_cast<double>(memory_of(outline, extent.count, to, running)),
            .disk = bytes,
            .disk_while_running = 2 * bytes,
            .scenarios = study.scenarios.size(),
            .replicates = extent.count,
            .threads = threads,
            .pilot_replicates = pilot.replicates,
            .pilot_scenarios = pilot.scenarios};
}

Estimate estimate_of_merge(const Gathered& run, const std::string& output, double seconds) {
    const auto& [shards, study, outline, extent] = run;
    check_room(study, *outline, outline->planned, 1, Destination::file, output, sim::FileKind::results);
    const auto begun = Clock::now();
    shards.front().for_each_block(*outline, [](const sim::Block&) {});
    const auto first = static_cast<double>(shards.front().extent().count);
    // What is read is written once more, sealed, read back and shown.
    constexpr double times_reading = 5;
    const auto reading = seconds_since(begun) * static_cast<double>(outline->planned) / first;
    const auto bytes = static_cast<double>(sim::estimated_size(*outline, outline->planned, sim::FileKind::results));
    return {
        .seconds = seconds + times_reading * reading,
        .memory = peak_bytes() + static_cast<double>(memory_of(*outline, outline->planned, Destination::file, 1)) / 2,
        .disk = bytes,
        .disk_while_running = bytes,
        .scenarios = study.scenarios.size(),
        .replicates = outline->planned};
}

}  // namespace jiju
