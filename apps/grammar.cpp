// The options of each command: what they set, what they allow, and how the help names them.
#include "apps/grammar.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/refusals.hpp"
#include "apps/values.hpp"
#include "models/growth/kernel.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/provenance.hpp"

namespace jiju {
namespace {

template <class T>
struct Held {
    using type = T;
};
template <class T>
struct Held<std::optional<T>> {
    using type = T;
};
template <class T>
using int_of = typename Held<T>::type;

constexpr std::int64_t most_replicates = 10'000'000;

constexpr auto scenario_help = sim::to_translate("Scenario file, or a bare name such as shaoxing-2011/plan");

void add_settings(CLI::App& command, std::vector<std::string>& settings) {
    command.add_option("--set", settings, sim::translated("Set one value of the scenario; may be given again"))
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
}

void add_language(CLI::App& command, sim::Language& language) {
    command
        .add_option_function<std::string>(
            "--lang", [&](const std::string& word) { language = word == "zh" ? sim::Language::zh : sim::Language::en; },
            sim::translated("Language of names and table"))
        ->check(CLI::IsMember({"en", "zh"}))
        ->type_name("LANG");
}

CLI::Option& add_whole(CLI::App& command, const std::string& name, auto& value, const std::string& text,
                       const char* type = "N", std::int64_t low = std::numeric_limits<std::int64_t>::min(),
                       std::int64_t high = std::numeric_limits<std::int64_t>::max()) {
    const auto read = [&value, name, low, high](const std::string& word) {
        value = static_cast<int_of<std::remove_cvref_t<decltype(value)>>>(whole_number(name, word, low, high));
    };
    return *command.add_option_function<std::string>(name, read, text)->type_name(type);
}

// Options live as long as the action that needs them.
template <class Options>
std::shared_ptr<Options> options_of(CLI::App& command, int (*execute)(const Options&), Action& action) {
    auto options = std::make_shared<Options>();
    command.callback([&action, options, execute] { action = [options, execute] { return execute(*options); }; });
    return options;
}

void add_threads(CLI::App& command, std::optional<int>& threads) {
    add_whole(
        command, "--threads", threads,
        sim::translated(
            "Threads to simulate on; default: as many as the process may use (affinity, quota of its control group, "
            "SLURM_CPUS_PER_TASK); "
            "results do not depend on it"),
        "T", 1, 1024);
}

void add_recording(CLI::App& command, CampaignOptions& options) {
    command
        .add_option("--record", options.detail,
                    sim::translated("What the file keeps: targets, yearly, quarterly or firms"))
        ->type_name("DETAIL");
    command
        .add_option("--outputs", options.outputs,
                    sim::translated("Outputs to keep, as 'jiju describe outputs' names them"))
        ->type_name("A,B,…");
    add_whole(command, "--panels", options.panels,
              sim::translated("With --record firms: replicates whose firms are kept"));
}

void add_campaign(CLI::App& command, CampaignOptions& options, Reporting& reporting) {
    add_whole(command, "--replicates", options.replicates,
              sim::translated("Number of replicates; default: the scenario's"));
    add_whole(command, "--replicates-per-draw", options.replicates_per_draw,
              sim::translated("Replicates that share one draw of the uncertain parameters; default 1"));
    command
        .add_option("--precision", options.precision, sim::translated("Stop when precise enough, as 'p(T1)=0.01@95%'"))
        ->type_name("RULE");
    add_whole(command, "--seed", options.seed,
              sim::translated("Seed of all draws, up to 9223372036854775807; default: the scenario's"), "S");
    add_threads(command, options.threads);
    add_settings(command, options.settings);
    command
        .add_option("-o,--output", options.output,
                    sim::translated("Write a results file (netCDF-4); default: only the table"))
        ->type_name("OUT.h5");
    add_recording(command, options);
    command
        .add_option(
            "--shard", options.shard,
            sim::translated("Simulate only this part of the replicates, for 'jiju merge'; parts are counted from 1"))
        ->type_name("I/N");
    command.add_flag("--resume", options.resume,
                     sim::translated("Resume a run that was stopped, or extend a finished one to more replicates"));
    command
        .add_option("--failures", options.failures,
                    sim::translated("continue, stop, or the most replicates that may fail"))
        ->type_name("POLICY");
    command
        .add_option_function<std::string>(
            "--checkpoint",
            [&](const std::string& word) { options.checkpoint_seconds = real_number("--checkpoint", word, 0, 86400); },
            sim::translated("Seconds between saves of finished replicates; more in long runs"))
        ->type_name("S");
    command.add_flag("--dry-run", reporting.dry_run,
                     sim::translated("Estimate time, memory and disk from a short pilot"));
    command.add_flag("--force", options.force, sim::translated("Replace an existing results file"));
    command.add_flag("--json", reporting.json, sim::translated("Print the table as JSON"));
    command.add_flag("--quiet", reporting.quiet, sim::translated("Show neither progress nor speed"));
    add_language(command, reporting.language);
}

}  // namespace

void add_run(CLI::App& command, Action& action) {
    const auto options = options_of(command, run, action);
    command
        .add_option("FILE", options->scenarios,
                    sim::translated(scenario_help) + sim::translated("; several share their draws"))
        ->required();
    add_campaign(command, *options, *options);
    command.footer(
        sim::translated("Examples:\n  jiju run shaoxing-2011/plan --replicates 1000 -o plan.h5\n"
                        "  jiju run shaoxing-2011/status-quo shaoxing-2011/plan -o both.h5\n"
                        "  jiju run shaoxing-2011/plan --replicates 10000 -o plan.h5 --resume\n"
                        "  jiju run shaoxing-2011/plan --shard 3/16 -o shards/3.h5\n"));
}

void add_sweep(CLI::App& command, Action& action) {
    const auto options = options_of(command, sweep, action);
    command
        .add_option("DESIGN", options->design, sim::translated("Design file: base, method, factors (docs/sweeps.md)"))
        ->required();
    add_campaign(command, *options, *options);
    command.footer(sim::translated(
        "Example:\n  jiju sweep scenarios/shaoxing-2011/designs/fund-and-land.toml --replicates 200 -o sweep.h5\n"));
}

void add_merge(CLI::App& command, Action& action) {
    const auto options = options_of(command, merge, action);
    command.add_option("SHARD", options->shards, sim::translated("Shards that 'jiju run --shard' wrote"))->required();
    command.add_option("-o,--output", options->output, sim::translated("Results file to write"))
        ->type_name("OUT.h5")
        ->required();
    command.add_flag("--dry-run", options->dry_run,
                     sim::translated("Check the shards, and estimate time, memory and disk"));
    command.add_flag("--force", options->force, sim::translated("Replace an existing results file"));
    command.add_flag("--json", options->json, sim::translated("Print the table as JSON"));
    command.add_flag("--quiet", options->quiet, sim::translated("Do not report what was done"));
    add_language(command, options->language);
    command.footer(sim::translated("Example:\n  jiju merge shards/*.h5 -o plan.h5\n"));
}

void add_verify(CLI::App& command, Action& action) {
    const auto options = options_of(command, verify, action);
    command.add_option("FILE", options->file, sim::translated("Results file"))->required();
    command
        .add_option_function<std::string>(
            "--sample",
            [options](const std::string& word) {
                options->sample = word == "all" ? most_replicates : whole_number("--sample", word, 0, most_replicates);
            },
            sim::translated("Replicates to replay: a number, or all; default 5"))
        ->type_name("N");
    command
        .add_option_function<std::string>(
            "--seed", [options](const std::string& word) { options->seed = natural_number("--seed", word); },
            sim::translated("Seed of the sample; default: one that nobody can foresee"))
        ->type_name("N");
    command.add_flag("--json", options->json, sim::translated("As JSON"));
    command.footer(sim::translated("Exit code 4 where a check fails.\n"));
}

void add_replay(CLI::App& command, Action& action) {
    const auto options = options_of(command, replay, action);
    command.add_option("FILE", options->file, sim::translated("Results file"))->required();
    add_whole(command, "--replicate", options->replicate, sim::translated("Its number, from 0"), "N", 0,
              most_replicates)
        .required();
    command.add_option("--scenario", options->scenario, sim::translated("Only this scenario of the file"))
        ->type_name("KEY");
    command.add_option("-o,--output", options->output, sim::translated("File to write"))
        ->type_name("OUT.h5")
        ->required();
    command.add_flag("--force", options->force, sim::translated("Replace an existing file"));
}

void add_validate(CLI::App& command, Action& action) {
    const auto options = options_of(command, validate, action);
    command.add_option("FILE", options->scenario, sim::translated(scenario_help))->required();
    add_settings(command, options->settings);
    add_language(command, options->language);
}

void add_describe(CLI::App& command, Action& action) {
    const auto options = options_of(command, describe, action);
    command.add_option("TOPIC", options->topic, sim::translated("What to explain; without it all topics are listed"));
    command
        .add_option("WORDS", options->words,
                    sim::translated("A name, such as special_fund, a scenario, or both, as the topic takes"))
        ->type_name("[NAME] [FILE]")
        ->expected(0, 2);
    const auto choose = [&](const char* flag, const std::string& text, Format format) {
        return command.add_flag_callback(
            flag, [options, format] { options->format = format; }, text);
    };
    choose("--json", sim::translated("As JSON"), Format::json)
        ->excludes(choose("--markdown", sim::translated("As a page of Markdown"), Format::markdown));
    add_language(command, options->language);
    command.footer(
        sim::translated("Examples:\n  jiju describe levers my-city.toml\n  jiju describe lever special_fund --lang zh\n"
                        "  jiju describe parameter demand.change_response\n  jiju describe keys clusters\n"));
}

void add_list(CLI::App& command, Action& action) {
    const auto options = options_of(command, list, action);
    command.add_flag("--json", options->json, sim::translated("As JSON"));
    add_language(command, options->language);
}

void add_show(CLI::App& command, Action& action) {
    const auto options = options_of(command, show, action);
    command
        .add_option("FILE", options->file,
                    sim::translated("Results file, or the folder FILE.parts of a run that is not finished"))
        ->required();
    command.add_flag("--json", options->json, sim::translated("As JSON"));
    add_language(command, options->language);
}

void add_schema(CLI::App& command, Action& action) {
    command.callback([&action] { action = schema; });
}

}  // namespace jiju
