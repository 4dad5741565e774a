#include "study/gather.hpp"

#include <algorithm>
#include <map>

#include "sim/describe/translated.hpp"
#include "sim/output/composer.hpp"
#include "study/from_file.hpp"
#include "study/outline.hpp"
#include "study/usage_error.hpp"

namespace jiju {
namespace {

// The same study, were it so long.
Study planned_as(const Study& study, std::size_t planned) {
    Study other{{}, study.factors};
    for (auto scenario : study.scenarios) {
        scenario.config.scenario.replicates = static_cast<std::int64_t>(planned);
        other.scenarios.push_back(std::move(scenario));
    }
    return other;
}

}  // namespace

Gathered gather(const std::vector<std::string>& paths, bool whole) {
    if (paths.empty()) throw UsageError(sim::translated("there is no shard to merge"));
    Gathered found;
    for (const auto& path : paths) found.shards.emplace_back(path);
    const auto by_first = [](const sim::ShardReader& shard) { return shard.extent().first; };
    const auto by_planned = [](const sim::ShardReader& shard) { return shard.extent().planned; };
    const auto planned = std::ranges::max_element(found.shards, {}, by_planned)->extent().planned;
    const auto first = std::ranges::min_element(found.shards, {}, by_first)->extent().first;
    const auto end = std::ranges::max_element(found.shards, {}, by_first)->extent().end();
    found.extent = whole ? sim::Extent{0, planned, planned} : sim::Extent{first, end - first, planned};

    std::string rule;
    {
        const sim::ResultsReader file(paths.front(), sim::FileKind::shard, sim::Trust::known);
        found.study = study_of(file);
        rule = stopping_rule_of(file);
    }
    if (static_cast<std::size_t>(found.study.first().scenario.replicates) != planned)
        found.study = planned_as(found.study, planned);
    found.outline = std::make_unique<sim::Outline>(outline_of(found.study, rule));
    std::map<std::size_t, std::unique_ptr<sim::Outline>> shorter;
    const auto run_of = [&](std::size_t length) -> const sim::Outline& {
        if (length == planned) return *found.outline;
        auto& outline = shorter[length];
        if (!outline) outline = std::make_unique<sim::Outline>(outline_of(planned_as(found.study, length), rule));
        return *outline;
    };
    sim::arrange_shards(found.shards, run_of, found.extent);
    return found;
}

void Gathered::compose(sim::Medium& medium) const {
    sim::ResultsComposer composer(*outline, extent, sim::FileKind::results, medium);
    for (const auto& shard : shards)
        shard.for_each_block(*outline, [&](const sim::Block& block) { composer.write(block); });
    composer.finish(extent.count == extent.planned ? "complete" : "partial");
}

}  // namespace jiju
