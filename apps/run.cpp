// `jiju run`: plays a scenario forward, writes the results file if one is asked for, and prints the table of targets.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/interruption.hpp"
#include "apps/layout.hpp"
#include "apps/progress.hpp"
#include "apps/scenario.hpp"
#include "apps/settings.hpp"
#include "apps/summary.hpp"
#include "models/growth/kernel.hpp"
#include "models/growth/model.hpp"
#include "sim/output/digest.hpp"
#include "sim/output/provenance.hpp"
#include "sim/output/writer.hpp"
#include "sim/run/ensemble.hpp"

namespace jiju {
namespace {

constexpr std::size_t failures_told = 5;

// The dedicated options are settings like any other, so that the effective scenario says what was run.
growth::Config configuration(const RunOptions& options) {
    auto overrides = overrides_of(options.settings);
    if (options.replicates) overrides.push_back({"scenario.replicates", std::to_string(*options.replicates)});
    if (options.seed) overrides.push_back({"scenario.seed", std::to_string(*options.seed)});
    return open_scenario(options.scenario, overrides).config;
}

sim::Plan plan_of(const growth::Config& config, const RunOptions& options) {
    const int processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return {.seed = static_cast<std::uint64_t>(config.scenario.seed),
            .replicates = static_cast<std::uint32_t>(config.scenario.replicates),
            .threads = options.threads.value_or(processors),
            .stop = Interruption::flag()};
}

void tell_failures(const std::vector<Failed>& failures) {
    for (std::size_t i = 0; i < std::min(failures.size(), failures_told); ++i)
        tell(fmt::format("replicate {} failed: {}\n", failures[i].replicate, failures[i].cause));
    if (failures.size() > failures_told) tell(fmt::format("… and {} more\n", failures.size() - failures_told));
}

int tell_interruption(const sim::Outcome& outcome, const sim::Plan& plan, const RunOptions& options) {
    const int signal = Interruption::signal();
    tell(fmt::format("jiju: stopped by {} after {} of {} replicates{}\n", signal == SIGINT ? "SIGINT" : "SIGTERM",
                     outcome.replicates, plan.replicates,
                     options.output.empty() ? "" : fmt::format("; {} was not written", options.output)));
    return exit_code::signal + signal;
}

void tell_speed(const sim::Plan& plan, double seconds) {
    tell(fmt::format("{} replicate{} in {:.2f} s, {:.1f} a second on {} thread{}\n", plan.replicates,
                     plan.replicates == 1 ? "" : "s", seconds, plan.replicates / seconds, plan.threads,
                     plan.threads == 1 ? "" : "s"));
}

sim::Outcome play(const growth::Config& config, const sim::Plan& plan, sim::ResultsWriter* writer, Samples& samples,
                  ProgressBar& bar) {
    sim::Progress progress([&bar](std::size_t ended) { bar.show(ended); });
    if (writer == nullptr) return sim::run_ensemble<growth::Growth>(config, plan, samples, progress);
    return sim::run_ensemble<growth::Growth>(config, plan, *writer, samples, progress);
}

}  // namespace

int run(const RunOptions& options) {
    growth::kernel();  // an instruction set that cannot run is no fault of a replicate
    const auto config = configuration(options);
    const Interruption interruption;
    const auto plan = plan_of(config, options);
    std::unique_ptr<sim::ResultsWriter> writer;  // made first: what forbids writing is known before the work
    if (!options.output.empty())
        writer = std::make_unique<sim::ResultsWriter>(options.output, layout_of(config),
                                                      sim::ReplicateRange{0, plan.replicates}, options.force);
    Samples samples(config.targets.size());
    double seconds = 0;
    sim::Outcome outcome;
    {
        ProgressBar bar(plan.replicates, !options.quiet);
        outcome = play(config, plan, writer.get(), samples, bar);
        seconds = bar.seconds();
    }
    if (outcome.interrupted) return tell_interruption(outcome, plan, options);
    tell_failures(samples.failures());
    if (!options.quiet) tell_speed(plan, seconds);
    if (writer) {
        writer->finish();
        if (!options.quiet)
            tell(fmt::format("wrote {} ({:.1f} MB)\n", options.output,
                             static_cast<double>(std::filesystem::file_size(options.output)) * 1e-6));
    }
    const auto build = sim::build();
    const auto summary =
        summarise(config, samples,
                  {sim::sha256(effective_scenario(config)), std::string(build.version), std::string(build.commit)});
    print(shown(summary, options.language, options.json));
    return samples.failures().empty() ? exit_code::ok : exit_code::failed;
}

}  // namespace jiju
