#include "apps/dry_run.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include "apps/campaign.hpp"
#include "apps/console.hpp"
#include "apps/interruption.hpp"
#include "apps/layout.hpp"
#include "apps/summary.hpp"
#include "models/growth/model.hpp"
#include "sim/run/parts.hpp"

namespace jiju {
namespace {

std::string duration_text(double seconds) {
    if (seconds < 120) return fmt::format("{:.1f} s", seconds);
    if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

double peak_megabytes() {
    struct rusage used {};
    ::getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) * 1024e-6;
}

}  // namespace

int foretell(const Study& study, const CampaignOptions& options) {
    using Clock = std::chrono::steady_clock;
    constexpr std::size_t rounds = 4;  // of one replicate a thread
    const auto outline = outline_of(study);
    const auto configs = study.configs();
    auto plan = plan_of(study.first(), options);
    plan.stop = Interruption::flag();
    plan.replicates = std::min(outline.planned, rounds * static_cast<std::size_t>(plan.threads));
    sim::Collector collector(outline.view, configs.size(), outline.layout.panel.size(), 0);
    const auto begun = Clock::now();
    const auto outcome = sim::run_ensemble<growth::Growth>(std::span(configs), plan, collector);
    const std::chrono::duration<double> took = Clock::now() - begun;

    const auto seconds = took.count() / static_cast<double>(outcome.replicates) * static_cast<double>(outline.planned);
    const auto bytes = sim::estimated_size(outline, outline.planned, sim::FileKind::results);
    // Beyond what the pilot held: blocks that wait for the next part, are collected and are written, chunks of them,
    // and statistics of each scenario twice, as they are collected and in the file.
    constexpr std::size_t chunks = 24 << 20;
    constexpr std::size_t most_waiting = sim::Saver::most_bytes + 2 * sim::Saver::block_bytes + chunks;
    const auto statistics = 2 * configs.size() * outline.view.yearly_length() * sim::Statistics::most_bytes;
    const auto held = options.output.empty() ? 0 : std::min<std::uintmax_t>(most_waiting, bytes) + statistics;
    const auto memory = peak_megabytes() + static_cast<double>(held) * 1e-6;
    const double disk = options.output.empty() ? 0 : static_cast<double>(bytes) * 1e-6;
    if (options.json) {
        print(dump({{"format", "jiju dry run"},
                    {"version", 1},
                    {"scenarios", configs.size()},
                    {"replicates", outline.planned},
                    {"pilot_replicates", outcome.replicates},
                    {"threads", plan.threads},
                    {"seconds", seconds},
                    {"memory_mb", memory},
                    {"disk_mb", disk},
                    {"disk_while_running_mb", 2 * disk}}));
        return exit_code::ok;
    }
    print(fmt::format(
        "{} scenario{} x {} replicates on {} thread{}, by a pilot of {} replicates:\n"
        "  time    {}\n  memory  {:.0f} MB\n  disk    {}\n",
        configs.size(), configs.size() == 1 ? "" : "s", outline.planned, plan.threads, plan.threads == 1 ? "" : "s",
        outcome.replicates, duration_text(seconds), memory,
        options.output.empty() ? "none without -o" : fmt::format("{:.1f} MB, and as much again while it runs", disk)));
    return exit_code::ok;
}

}  // namespace jiju
