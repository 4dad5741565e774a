// `jiju show`: the table of targets again, from a results file.
#include <fmt/format.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/summary.hpp"
#include "sim/describe/errors.hpp"
#include "sim/scenario/document.hpp"

namespace jiju {
namespace {

// The targets' values and tolerances stand in the scenario that the file carries.
growth::Config config_of(const sim::ResultsReader& reader, const std::string& file) try {
    return growth::read_config(sim::parse(reader.text("scenario_toml"), "scenario_toml"));
} catch (const sim::ScenarioError& error) {
    throw sim::FileError(fmt::format("{}: its scenario is none that this program reads:\n{}", file, error.what()));
}

Samples samples_of(const sim::ResultsReader& reader, std::size_t targets, const std::string& file) {
    const auto numbers = reader.read("replicate"), values = reader.read("target_value"),
               met = reader.read("target_met");
    const auto failures = reader.failures();
    const std::vector<std::size_t> shape{numbers.values.size(), targets};
    if (values.shape != shape || met.shape != shape || failures.size() != shape[0])
        throw sim::FileError(file + ": its targets are not those of its scenario");
    Samples samples(targets);
    for (std::size_t i = 0; i < failures.size(); ++i) {
        const auto row = [&](const auto& all) { return std::span(all.values).subspan(i * targets, targets); };
        if (failures[i].empty())
            samples.add(row(values), row(met));
        else
            samples.add_failure({static_cast<std::size_t>(numbers.values[i]), failures[i]});
    }
    return samples;
}

}  // namespace

int show(const ShowOptions& options) {
    const sim::ResultsReader reader(options.file);
    const auto config = config_of(reader, options.file);
    const auto samples = samples_of(reader, config.targets.size(), options.file);
    const auto summary = summarise(
        config, samples, {reader.text("scenario_sha256"), reader.text("software_version"), reader.text("git_sha1")});
    print(shown(summary, options.language, options.json));
    return exit_code::ok;
}

}  // namespace jiju
