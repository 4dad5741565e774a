// `jiju show`: the table of targets again, from a results file.
#include <algorithm>

#include "apps/campaign.hpp"
#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/from_file.hpp"
#include "apps/summary.hpp"
#include "sim/describe/errors.hpp"

namespace jiju {
namespace {

AllSamples samples_of(const sim::ResultsReader& reader, const Study& study) {
    constexpr std::size_t at_once = 10'000;  // replicates
    const auto targets = study.first().targets.size();
    const auto numbers = reader.read_integers("replicate");
    const auto status = reader.read_integers("replicate_status");
    const auto foreign = [&] {
        throw sim::FileError(reader.path().string() + ": its targets are not those of its scenario");
    };
    if (status.size() != numbers.size() * study.scenarios.size()) foreign();
    AllSamples samples(study.scenarios.size(), targets);
    for (std::size_t scenario = 0; scenario < samples.size(); ++scenario)
        for (std::size_t first = 0; first < numbers.size(); first += at_once) {
            const auto count = std::min(at_once, numbers.size() - first);
            const auto values = reader.read_rows("target_value", scenario, first, count);
            const auto met = reader.read_rows("target_met", scenario, first, count);
            if (values.size() != count * targets || met.size() != values.size()) foreign();
            for (std::size_t i = 0; i < count; ++i) {
                if (status[scenario * numbers.size() + first + i] != 0) continue;
                const auto row = [&](const auto& all) { return std::span(all).subspan(i * targets, targets); };
                samples[scenario].add(row(values), row(met));
            }
        }
    for (const auto& failure : reader.failures()) samples[failure.scenario].add_failure(failure);
    return samples;
}

}  // namespace

int show(const ShowOptions& options) {
    const sim::ResultsReader reader(options.file);
    const auto study = study_of(reader);
    const auto samples = samples_of(reader, study);
    print(shown(summarise(study, samples, {reader.text("software_version"), reader.text("git_sha1")}), options.language,
                options.json));
    return exit_code::ok;
}

}  // namespace jiju
