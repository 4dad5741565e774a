// `jiju replay`: one replicate of a results file once more, with every firm in every step.
#include <algorithm>

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "models/growth/kernel.hpp"
#include "models/growth/model.hpp"
#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/writer.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/scenario/names.hpp"
#include "study/firm_file.hpp"
#include "study/from_file.hpp"
#include "study/outline.hpp"

namespace jiju {
namespace {

// Only the scenario that was asked for, all where none was.
void choose(Study& study, const std::string& key) {
    if (key.empty()) return;
    std::vector<std::string> keys;
    for (const auto& scenario : study.scenarios) keys.push_back(scenario.key);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        const std::vector<std::string_view> options(keys.begin(), keys.end());
        throw UsageError(sim::translated("the file holds no scenario {}{}", sim::in_quotes(key),
                                         sim::suggestion(key, options, sim::translated("there are"))));
    }
    Scenarios chosen;
    for (const auto& scenario : study.scenarios)
        if (scenario.key == key) chosen.push_back(scenario);
    study.scenarios = std::move(chosen);
}

}  // namespace

int replay(const ReplayOptions& options) {
    const sim::ResultsReader reader(options.file);
    auto study = study_of(reader);
    const auto replicates = reader.integers("replicates")[0];
    if (options.replicate >= replicates)
        throw UsageError(
            sim::translated("replicate {} is not among the {} of {}", options.replicate, replicates, options.file));
    choose(study, options.scenario);
    require_firms(study.first(), options.file);
    growth::kernel();
    const auto replicate = static_cast<std::size_t>(options.replicate);
    Scenarios firm_by_firm;
    for (auto scenario : study.scenarios) {
        auto& record = scenario.config.record;
        record.detail = growth::Detail::firms;
        record.outputs.clear();
        record.panels = options.replicate + 1;
        scenario.config.scenario.replicates = options.replicate + 1;
        firm_by_firm.push_back(std::move(scenario));
    }
    study.scenarios = std::move(firm_by_firm);
    const auto outline = outline_of(study);
    const sim::Extent extent{replicate, 1, outline.planned};
    sim::ResultsWriter writer(options.output, outline, extent, sim::FileKind::results, options.force);
    sim::Collector collector(outline.view, study.scenarios.size(), outline.layout.panel.size(), replicate);
    const sim::Plan plan{.seed = static_cast<std::uint64_t>(study.first().scenario.seed),
                         .first_replicate = replicate,
                         .panels = outline.recording.panels};
    const auto configs = study.configs();
    const auto outcome = sim::run_ensemble<growth::Growth>(std::span<const growth::Config>(configs), plan, collector);
    const auto block = collector.take();
    writer.write(block);
    writer.finish();
    report(sim::translated("wrote {}: replicate {}, {} observations of firms\n", options.output, replicate,
                           block.panel_replicate.size()));
    for (const auto& failure : block.failures)
        report(sim::translated("it failed at step {}: {}\n", failure.step, failure.message));
    return outcome.failures == 0 ? exit_code::ok : exit_code::failed;
}

}  // namespace jiju
