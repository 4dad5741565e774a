// `jiju show`: the table of targets again, from a results file.
#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "apps/carry_out.hpp"
#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/from_file.hpp"
#include "apps/partial.hpp"
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
    AllSamples samples{Configs(study.scenarios)};
    for (std::size_t scenario = 0; scenario < samples.size(); ++scenario)
        for (std::size_t first = 0; first < numbers.size(); first += at_once) {
            const auto count = std::min(at_once, numbers.size() - first);
            std::map<std::string_view, std::vector<double>> columns;
            for (const auto name : TargetValues::names) {
                auto& column = columns[name] = reader.read_rows(std::string(name), scenario, first, count);
                if (column.size() != count * targets) foreign();
            }
            for (std::size_t i = 0; i < count; ++i) {
                if (status[scenario * numbers.size() + first + i] != 0) continue;
                samples[scenario].add(static_cast<std::size_t>(numbers[first + i]),
                                      TargetValues::of([&](std::string_view name) {
                                          return std::span(columns[name]).subspan(i * targets, targets);
                                      }));
            }
        }
    for (const auto& failure : reader.failures()) samples[failure.scenario].add_failure(failure);
    return samples;
}

// Of a folder of parts: what is done of a run, and that it is not all of it.
int show_partial(const ShowOptions& options) {
    const Partial partial(options.file);
    const auto summaries = summarise(partial.study(), partial.samples(), partial.maker());
    const auto [first, count, planned] = partial.extent();
    if (options.json) {
        auto json = json_of(summaries);
        json["status"] = "partial";
        json["first_replicate"] = first;
        json["planned_replicates"] = planned;
        print(dump(json));
        return exit_code::ok;
    }
    const bool zh = options.language == sim::Language::zh;
    print(fmt::format(
              fmt::runtime(zh ? "{}次重复试验已完成，计划{}次，尚未结束\n\n" : "{} of {} replicates, not finished\n\n"),
              count, planned) +
          shown(summaries, options.language, false));
    return exit_code::ok;
}

}  // namespace

int show(const ShowOptions& options) {
    std::error_code error;
    if (std::filesystem::is_directory(options.file, error)) return show_partial(options);
    const sim::ResultsReader reader(options.file);
    const auto study = study_of(reader);
    const auto samples = samples_of(reader, study);
    print(shown(summarise(study, samples, {reader.text("software_version"), reader.text("git_sha1")}), options.language,
                options.json));
    return exit_code::ok;
}

}  // namespace jiju
