// `jiju show`: the table of targets again, from a results file.
#include <filesystem>

#include <fmt/format.h>

#include "apps/carry_out.hpp"
#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/summary_tables.hpp"
#include "study/from_file.hpp"
#include "study/outline.hpp"
#include "study/partial.hpp"

namespace jiju {
namespace {

// Of a folder of parts: what is done of a run, and that it is not all of it.
int show_partial(const ShowOptions& options) {
    const Partial partial(options.file);
    const auto summaries = summarise(partial.study(), partial.texts(), partial.samples(), partial.maker());
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
    const Maker maker{reader.text("software_version"), reader.text("git_sha1")};
    print(shown(summarise(study, texts_of(study), samples, maker), options.language, options.json));
    return exit_code::ok;
}

}  // namespace jiju
