// `jiju merge`: the shards of a run become its results file, byte for byte that of the run in one piece.
#include <filesystem>

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/from_file.hpp"
#include "apps/layout.hpp"
#include "sim/describe/errors.hpp"
#include "sim/output/shard.hpp"

namespace jiju {

namespace {

sim::Outline outline_of_run(const std::filesystem::path& shard) {
    const sim::ResultsReader reader(shard, sim::FileKind::shard, sim::Trust::known);
    return outline_of(study_of(reader), stopping_rule_of(reader));
}

}  // namespace

int merge(const MergeOptions& options) {
    std::vector<sim::ShardReader> shards;
    for (const auto& path : options.shards) shards.emplace_back(path);
    const auto outline = outline_of_run(options.shards.front());
    const sim::Extent extent{0, outline.planned, outline.planned};
    sim::arrange_shards(shards, outline, extent);

    sim::ResultsWriter writer(options.output, outline, extent, sim::FileKind::results, options.force);
    for (const auto& shard : shards)
        shard.for_each_block(outline, [&](const sim::Block& block) { writer.write(block); });
    writer.finish();
    if (!options.quiet)
        tell(fmt::format("merged {} shards with {} replicates into {} ({:.1f} MB)\n", shards.size(), extent.count,
                         options.output, static_cast<double>(std::filesystem::file_size(options.output)) * 1e-6));
    return show({options.output, options.json, options.language});
}

}  // namespace jiju
