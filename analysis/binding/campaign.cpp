// Campaigns within Python: the engine works on threads of its own, while this one looks after signals and progress.
#include "study/campaign.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include "analysis/binding/arrays.hpp"
#include "analysis/binding/binding.hpp"
#include "apps/console.hpp"
#include "apps/dry_run.hpp"
#include "sim/output/memory.hpp"
#include "study/design.hpp"
#include "study/gather.hpp"
#include "study/partial.hpp"
#include "study/threads.hpp"
#include "study/warm.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace jiju::binding {
namespace {

using Setting = std::tuple<std::string, std::string, std::string>;     // key, value as TOML, place for messages
using Tell = nb::typed<nb::callable, void(std::size_t, std::size_t)>;  // runs of one scenario that ended, of how many

std::vector<sim::Override> overrides_of(const std::vector<Setting>& settings) {
    std::vector<sim::Override> overrides;
    for (const auto& [key, toml, place] : settings) overrides.push_back({key, toml, place});
    return overrides;
}

struct Outcome {
    std::unique_ptr<sim::MemoryDataset> dataset;  // none where all is in the file, or nothing was simulated
    std::size_t done = 0, planned = 0;            // replicates
    bool interrupted = false, gave_up = false;
    std::vector<sim::Failure> failures;
};

void finish(Campaign& campaign, Outcome& outcome) {
    outcome.done = campaign.done();
    outcome.planned = campaign.extent().count;
    outcome.interrupted = campaign.interrupted();
    outcome.gave_up = campaign.gave_up();
    for (std::size_t i = 0; i < campaign.samples().size(); ++i)
        for (const auto& failure : campaign.samples()[i].failures()) outcome.failures.push_back(failure);
    const bool is_whole = !outcome.interrupted && !outcome.gave_up;
    if (is_whole && campaign.writes()) return campaign.write_file();
    if (campaign.writes()) campaign.save();
    if (outcome.done == 0) return;
    outcome.dataset = std::make_unique<sim::MemoryDataset>();
    campaign.compose(*outcome.dataset);
}

// Signals reach Python's main thread only when it asks for them; a notebook's stop button is one. The first that
// raises sets `stop`, and what it raised is thrown once the work has ended, unless it is the wish to stop.
template <class Work>
void look_after(Work work, std::atomic<bool>& stop, const std::atomic<std::size_t>& ended, std::size_t total,
                const Tell& progress) {
    constexpr std::chrono::milliseconds between(50);
    auto working = std::async(std::launch::async, std::move(work));
    std::exception_ptr raised;
    const auto look = [&] {
        try {
            if (PyErr_CheckSignals() != 0) throw nb::python_error();
            progress(ended.load(), total);
        } catch (const nb::python_error&) {
            raised = std::current_exception();
            stop = true;
        }
    };
    {
        const nb::gil_scoped_release released;
        while (working.wait_for(between) != std::future_status::ready) {
            const nb::gil_scoped_acquire acquired;
            if (!raised) look();
        }
    }
    if (!raised) look();
    try {
        if (raised) std::rethrow_exception(raised);
    } catch (const nb::python_error& error) {
        if (!error.matches(PyExc_KeyboardInterrupt)) throw;
    }
    working.get();
}

void warn_of_missing_threads(const CampaignOptions& options) {
    const auto wanted = threads_wanted(options.threads), found = threads_for(options.threads);
    if (found < wanted &&
        PyErr_WarnFormat(PyExc_RuntimeWarning, 1, "of %d threads %d can be started", wanted, found) != 0)
        throw nb::python_error();
}

Outcome simulate(const Study& study, const CampaignOptions& options, const Tell& progress, Warm* warm = nullptr) {
    check(options);
    warn_of_missing_threads(options);
    Campaign campaign(study, options, Campaign::Keeps::results);
    Outcome outcome;
    if (options.resume && campaign.is_finished()) {
        outcome.done = outcome.planned = campaign.extent().count;
        return outcome;
    }
    campaign.prepare();
    const auto before = campaign.taken_over() * study.scenarios.size();
    std::atomic<bool> stop = false;
    std::atomic<std::size_t> ended = before;
    look_after(
        [&] {
            campaign.simulate({[&](std::size_t now) { ended = before + now; }, &stop, warm});
            finish(campaign, outcome);
        },
        stop, ended, campaign.extent().count * study.scenarios.size(), progress);
    return outcome;
}

Study study_of(const std::vector<EditedScenario*>& scenarios, const std::vector<Setting>& settings,
               const CampaignOptions& options) {
    auto overrides = overrides_of(settings);
    for (auto& setting : jiju::overrides_of(options)) overrides.push_back(std::move(setting));
    std::vector<Scenario> opened;
    for (const auto* scenario : scenarios) opened.push_back(scenario->with(overrides));
    return side_by_side(std::move(opened));
}

Study study_of(const std::string& text, const std::string& file, const std::vector<Setting>& settings,
               const CampaignOptions& options) {
    const auto path = text.empty() ? find_design(file) : std::filesystem::path(file);
    const auto design = text.empty() ? sim::load(path, {}, scenario_search()) : sim::parse(text, file);
    return jiju::study_of(design, path, options, overrides_of(settings));
}

Outcome run_scenarios(const std::vector<EditedScenario*>& scenarios, const std::vector<Setting>& settings,
                      const CampaignOptions& options, const Tell& progress, Warm* warm) {
    return simulate(study_of(scenarios, settings, options), options, progress, warm);
}

Outcome run_design(const std::string& text, const std::string& file, const std::vector<Setting>& settings,
                   const CampaignOptions& options, const Tell& progress) {
    return simulate(study_of(text, file, settings, options), options, progress);
}

// What a dry run says, as JSON.
std::string estimate(const Study& study, const CampaignOptions& options) {
    check(options);
    return json_of_run(estimate_of(study, options, nullptr));
}

// One stretch of a run, or all of it, out of its shards; in memory where no file is asked for.
Outcome gather_shards(const std::vector<std::string>& paths, bool whole) {
    const auto run = gather(paths, whole);
    Outcome outcome;
    outcome.dataset = std::make_unique<sim::MemoryDataset>();
    run.compose(*outcome.dataset);
    outcome.done = outcome.planned = run.extent.count;
    return outcome;
}

Outcome open_parts(const std::string& folder) {
    const Partial partial(folder);
    Outcome outcome;
    outcome.done = partial.extent().count;
    outcome.planned = partial.extent().planned;
    outcome.interrupted = true;
    outcome.dataset = std::make_unique<sim::MemoryDataset>();
    partial.compose(*outcome.dataset);
    return outcome;
}

void bind_warm(nb::module_& module) {
    nb::class_<Warm>(module, "Warm")
        .def(nb::init<std::size_t>(), "most_bytes"_a)
        .def_prop_ro("bytes", &Warm::bytes)
        .def_prop_ro("most_bytes", &Warm::most_bytes)
        .def("__len__", &Warm::size);
}

void bind_options(nb::module_& module) {
    nb::class_<CampaignOptions>(module, "Options")
        .def(nb::init<>())
        .def_rw("replicates", &CampaignOptions::replicates)
        .def_rw("replicates_per_draw", &CampaignOptions::replicates_per_draw)
        .def_rw("seed", &CampaignOptions::seed)
        .def_rw("threads", &CampaignOptions::threads)
        .def_rw("output", &CampaignOptions::output)
        .def_rw("detail", &CampaignOptions::detail)
        .def_rw("outputs", &CampaignOptions::outputs)
        .def_rw("panels", &CampaignOptions::panels)
        .def_rw("precision", &CampaignOptions::precision)
        .def_rw("shard", &CampaignOptions::shard)
        .def_rw("range", &CampaignOptions::range)
        .def_rw("checkpoint", &CampaignOptions::checkpoint_seconds)
        .def_rw("failures", &CampaignOptions::failures)
        .def_rw("resume", &CampaignOptions::resume)
        .def_rw("force", &CampaignOptions::force);
}

}  // namespace

void bind_campaign(nb::module_& module) {
    bind_options(module);
    bind_warm(module);
    using Failed = std::tuple<std::size_t, std::size_t, int, std::string>;
    nb::class_<Outcome>(module, "Outcome")
        .def_ro("done", &Outcome::done)
        .def_ro("planned", &Outcome::planned)
        .def_ro("interrupted", &Outcome::interrupted)
        .def_ro("gave_up", &Outcome::gave_up)
        .def_prop_ro("failures",
                     [](const Outcome& outcome) {
                         std::vector<Failed> failed;
                         for (const auto& [scenario, replicate, step, message] : outcome.failures)
                             failed.emplace_back(scenario, replicate, step, message);
                         return failed;
                     })
        .def_prop_ro("has_dataset", [](const Outcome& outcome) { return outcome.dataset != nullptr; })
        // Hands its arrays over: once.
        .def("take_variables", [](Outcome& outcome) { return variables_of(*outcome.dataset); })
        .def_prop_ro("attributes", [](const Outcome& outcome) { return attributes_of(outcome.dataset->attributes()); });
    module.def("open_parts", &open_parts, "folder"_a);
    module.def("run", &run_scenarios, "scenarios"_a, "settings"_a, "options"_a, "progress"_a,
               "warm"_a.none() = nb::none());
    module.def("sweep", &run_design, "text"_a, "file"_a, "settings"_a, "options"_a, "progress"_a);
    module.def(
        "estimate_run",
        [](const std::vector<EditedScenario*>& scenarios, const std::vector<Setting>& settings,
           const CampaignOptions& options) { return estimate(study_of(scenarios, settings, options), options); },
        "scenarios"_a, "settings"_a, "options"_a);
    module.def(
        "estimate_sweep",
        [](const std::string& text, const std::string& file, const std::vector<Setting>& settings,
           const CampaignOptions& options) { return estimate(study_of(text, file, settings, options), options); },
        "text"_a, "file"_a, "settings"_a, "options"_a);
    module.def("gather", &gather_shards, "paths"_a, "whole"_a);
}

}  // namespace jiju::binding
