// `jiju merge`: the shards of a run become its results file, byte for byte that of the run in one piece.
#include <chrono>
#include <filesystem>

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/dry_run.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/writer.hpp"
#include "study/gather.hpp"
#include "study/room.hpp"

namespace jiju {

int merge(const MergeOptions& options) {
    const auto begun = std::chrono::steady_clock::now();
    const auto run = gather(options.shards);
    const auto& [shards, study, outline, extent] = run;
    if (options.dry_run) {
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
        const auto estimate = estimate_of_merge(run, options.output, took.count());
        print(options.json ? json_of_merge(estimate, shards.size()) : text_of_merge(estimate, shards.size()));
        return exit_code::ok;
    }
    check_room(study, *outline, extent.count, 1, Destination::file, options.output, sim::FileKind::results);

    sim::ResultsWriter writer(options.output, *outline, extent, sim::FileKind::results, options.force);
    for (const auto& shard : shards)
        shard.for_each_block(*outline, [&](const sim::Block& block) { writer.write(block); });
    writer.finish();
    if (!options.quiet)
        report(sim::translated("merged {} shards with {} replicates into {} ({:.1f} MB)\n", shards.size(), extent.count,
                               options.output, static_cast<double>(std::filesystem::file_size(options.output)) * 1e-6));
    return show({options.output, options.json, options.language});
}

}  // namespace jiju
