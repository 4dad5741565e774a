// Carries a campaign out for a person at a terminal.
#include "apps/carry_out.hpp"

#include <chrono>
#include <filesystem>

#include <fmt/format.h>

#include "apps/console.hpp"
#include "apps/dry_run.hpp"
#include "apps/interruption.hpp"
#include "apps/progress.hpp"
#include "apps/summary_tables.hpp"
#include "sim/describe/translated.hpp"
#include "study/campaign.hpp"
#include "study/threads.hpp"

namespace jiju {
namespace {

int report_finished(const Campaign& campaign, const CampaignOptions& options, const Reporting& reporting) {
    campaign.sweep_finished();
    report(sim::translated("{} is complete already\n", options.output));
    if (campaign.kind() == sim::FileKind::results) return show({options.output, reporting.json, reporting.language});
    return exit_code::ok;
}

int report_interruption(Campaign& campaign) {
    const int signal = Interruption::signal();
    const auto name = name_of_signal(signal);
    if (!campaign.writes()) {
        report(sim::translated("jiju: stopped by {} after {} of {} replicates\n", name, campaign.done(),
                               campaign.extent().count));
        return exit_code::signal + signal;
    }
    if (campaign.done() == 0) {
        report(
            sim::translated("jiju: stopped by {} before any of {} replicates was done; to begin again, give the same "
                            "command again\n",
                            name, campaign.extent().count));
        return exit_code::stopped;
    }
    campaign.save();
    report(sim::translated(
        "jiju: stopped by {} after {} of {} replicates, which are kept; to resume, give the same command "
        "again with --resume\n",
        name, campaign.done(), campaign.extent().count));
    return exit_code::stopped;
}

int report_giving_up(Campaign& campaign, const CampaignOptions& options) {
    if (campaign.writes()) campaign.save();
    report(sim::translated(
        "jiju: gave up after {} of {} replicates: {} failed, and --failures {} allows no more{}\n", campaign.done(),
        campaign.extent().count, campaign.failures(), options.failures,
        campaign.writes() ? sim::translated("; what was done is kept, --resume with a larger number continues") : ""));
    return exit_code::failed;
}

void report_failures(const Study& study, const AllSamples& samples) {
    constexpr std::size_t most_shown = 5;
    std::size_t failures = 0;
    for (std::size_t i = 0; i < samples.size(); ++i)
        for (const auto& failure : samples[i].failures()) {
            if (failures++ >= most_shown) continue;
            const auto where =
                failure.step < 0 ? sim::translated("before the first step") : sim::translated("step {}", failure.step);
            report(sim::translated("{}replicate {} failed: {}: {}\n",
                                   samples.size() > 1 ? study.scenarios[i].key + ": " : "", failure.replicate, where,
                                   failure.message));
        }
    if (failures > most_shown)
        report(sim::translated("… and {} more; --json lists all, as the variables failure_… of a results file do\n",
                               failures - most_shown));
}

void report_speed(std::size_t replicates, std::size_t scenarios, int threads, double seconds) {
    const auto plural = [](auto n) { return n == 1 ? "" : "s"; };
    report(sim::translated("{} replicate{}{} in {:.2f} s, {:.1f} a second on {} thread{}\n", replicates,
                           plural(replicates), scenarios > 1 ? sim::translated(" of {} scenarios", scenarios) : "",
                           seconds, static_cast<double>(replicates * scenarios) / seconds, threads, plural(threads)));
}

void simulate(const Study& study, Campaign& campaign, const CampaignOptions& options, const Reporting& reporting) {
    ProgressBar bar(campaign.runs_left(), !reporting.quiet);
    const auto begun = std::chrono::steady_clock::now();
    campaign.simulate({[&](std::size_t ended) { bar.show(ended); }, Interruption::flag()});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    if (campaign.interrupted()) return;
    report_failures(study, campaign.samples());
    if (!reporting.quiet)
        report_speed(campaign.simulated(), study.scenarios.size(), plan_of(study.first(), options).threads,
                     took.count());
}

void report_missing_threads(const CampaignOptions& options) {
    const auto wanted = threads_wanted(options.threads), found = threads_for(options.threads);
    if (found < wanted)
        report(
            sim::translated("jiju: of {} threads {} can be started (see 'ulimit -u', or the limit of the container on "
                            "processes); continuing with {}\n",
                            wanted, found, found));
}

}  // namespace

int carry_out(const Study& study, const CampaignOptions& options, const Reporting& reporting) {
    check(options);
    report_missing_threads(options);
    if (reporting.dry_run) {
        const auto estimate = estimate_of(study, options, Interruption::flag());
        print(reporting.json ? json_of_run(estimate) : text_of_run(estimate));
        return exit_code::ok;
    }
    Campaign campaign(study, options, Campaign::Keeps::nothing);
    const Interruption interruption;  // until here nothing is lost where a signal ends the program at once
    if (options.resume && campaign.is_finished()) return report_finished(campaign, options, reporting);
    campaign.prepare();
    if (!reporting.quiet && campaign.extended() > 0)
        report(sim::translated("extending {} from {} to {} replicates\n", options.output, campaign.extended(),
                               campaign.extent().count));
    if (!reporting.quiet && campaign.taken_over() > campaign.extended())
        report(sim::translated("resuming after {} of {} replicates\n", campaign.taken_over(), campaign.extent().count));
    simulate(study, campaign, options, reporting);
    if (campaign.interrupted()) return report_interruption(campaign);
    if (campaign.gave_up()) return report_giving_up(campaign, options);
    if (campaign.writes()) {
        campaign.write_file();
        if (!reporting.quiet)
            report(sim::translated("wrote {} ({:.1f} MB)\n", options.output,
                                   static_cast<double>(std::filesystem::file_size(options.output)) * 1e-6));
    }
    print(shown(summarise(study, campaign.texts(), campaign.samples(), this_build()), reporting.language,
                reporting.json));
    return campaign.failures() == 0 ? exit_code::ok : exit_code::failed;
}

}  // namespace jiju
