#include "study/campaign_options.hpp"

#include <algorithm>
#include <regex>

#include <fmt/format.h>

#include "models/growth/kernel.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/names.hpp"
#include "study/settings.hpp"

namespace jiju {

std::optional<std::size_t> most_failures(const std::string& policy) {
    if (policy == "continue") return std::nullopt;
    if (policy == "stop") return 0;
    std::smatch found;
    if (!std::regex_match(policy, found, std::regex(R"((\d{1,9}))")))
        throw UsageError(
            sim::translated("--failures '{}': is none of continue, stop, or the most that may fail", policy));
    return std::stoull(found[1]);
}

bool is_part(const CampaignOptions& options) {
    return options.range || !options.shard.empty();
}

void check(const CampaignOptions& options) {
    const auto need_output = [&](bool asked, const std::string& option) {
        if (asked && options.output.empty())
            throw UsageError(sim::translated("{} needs -o, the file to write", option));
    };
    need_output(options.resume, "--resume");
    need_output(!options.shard.empty(), "--shard");
    if (options.range && (options.range->first < 0 || options.range->second <= options.range->first))
        throw UsageError(sim::translated("replicates {} to before {}: holds none; they are counted from 0",
                                         options.range->first, options.range->second));
    if (options.range && (options.replicates || !options.shard.empty()))
        throw UsageError(
            sim::translated("a range of replicates, a number of them and a shard of it exclude each other"));
    need_output(options.range.has_value(), sim::translated("a range of replicates"));
    if (is_part(options) && !options.precision.empty())
        throw UsageError(
            sim::translated("--shard and --precision exclude each other: no shard knows what the others have seen"));
    if (options.detail == "targets" && options.outputs && !options.outputs->empty())
        throw UsageError(sim::translated(
            "--outputs names outputs over time, and --record targets keeps none: leave one of them out"));
    if (options.resume && options.force)
        throw UsageError(sim::translated("--resume continues what --force would throw away: give one of them"));
    constexpr int most_threads = 1024;
    if (options.threads && (*options.threads < 1 || *options.threads > most_threads))
        throw UsageError(sim::translated("--threads {}: allowed are 1 to {}", *options.threads, most_threads));
    static_cast<void>(most_failures(options.failures));
    growth::kernel();  // an instruction set that cannot run is no fault of a replicate
}

std::vector<sim::Override> overrides_of(const CampaignOptions& options) {
    auto overrides = overrides_of(options.settings);
    if (options.replicates) overrides.push_back({"scenario.replicates", std::to_string(*options.replicates)});
    if (options.range) overrides.push_back({"scenario.replicates", std::to_string(options.range->second)});
    if (options.replicates_per_draw)
        overrides.push_back({"scenario.replicates_per_draw", std::to_string(*options.replicates_per_draw)});
    if (options.seed) overrides.push_back({"scenario.seed", std::to_string(*options.seed)});
    if (options.detail) overrides.push_back({"record.detail", sim::in_quotes(*options.detail)});
    if (options.panels) overrides.push_back({"record.panels", std::to_string(*options.panels)});
    if (options.outputs) {
        std::string list;
        for (std::size_t from = 0; from <= options.outputs->size();) {
            const auto to = std::min(options.outputs->find(',', from), options.outputs->size());
            list += (list.empty() ? "" : ", ") + sim::in_quotes(options.outputs->substr(from, to - from));
            from = to + 1;
        }
        overrides.push_back({"record.outputs", "[" + list + "]"});
    }
    return overrides;
}

}  // namespace jiju
