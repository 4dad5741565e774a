#include "sim/output/shard.hpp"

#include <atomic>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "sim/describe/errors.hpp"
#include "sim/output/statistics_table.hpp"

namespace sim {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why) {
    throw FileError(path.string() + ": " + why);
}

std::size_t whole(const ResultsReader& reader, const std::string& attribute) {
    const auto value = reader.integers(attribute)[0];
    constexpr std::int64_t most = 1'000'000'000;
    if (value < 0 || value > most) refuse(reader.path(), fmt::format("{} = {} makes no sense", attribute, value));
    return static_cast<std::size_t>(value);
}

// Open files that shards keep, in the whole program.
constexpr int most_kept = 16;
std::atomic<int>& kept_open() {
    static std::atomic<int> count = 0;
    return count;
}

std::shared_ptr<const ResultsReader> keep_if_few(std::unique_ptr<const ResultsReader> reader,
                                                 std::shared_ptr<const ResultsReader>& kept) {
    if (++kept_open() > most_kept) {
        --kept_open();
        return reader;
    }
    const auto let_go = [](const ResultsReader* gone) {
        delete gone;
        --kept_open();
    };
    kept = std::shared_ptr<const ResultsReader>(reader.release(), let_go);
    return kept;
}

std::string range_text(std::size_t first, std::size_t end) {
    return end - first == 1 ? fmt::format("replicate {}", first) : fmt::format("replicates {} to {}", first, end - 1);
}

}  // namespace

ShardReader::ShardReader(const std::filesystem::path& path, Trust trust) : path_(path) {
    auto reader = keep_if_few(std::make_unique<const ResultsReader>(path, FileKind::shard, trust), kept_);
    extent_ = {whole(*reader, "first_replicate"), whole(*reader, "replicates"), whole(*reader, "planned_replicates")};
}

// Again: it was checked when it was met.
std::shared_ptr<const ResultsReader> ShardReader::open() const {
    return kept_ ? kept_ : std::make_shared<const ResultsReader>(path_, FileKind::shard, Trust::known);
}

void ShardReader::check_belongs_to(const Outline& outline) const {
    const auto opened = open();
    const auto& reader = *opened;
    if (reader.text("run_sha256") != outline.run_sha256 || extent_.planned != outline.planned) {
        const auto theirs = reader.text("software_version") + " " + reader.text("git_sha1").substr(0, 12);
        for (const auto& [name, value] : outline.layout.attributes)
            if (name == "git_sha1" && reader.text("git_sha1") != std::get<std::string>(value))
                refuse(path(), fmt::format("was made by another version of the program, {}", theirs));
        refuse(path(), "belongs to another run: its scenarios, seed, replicates or what is recorded differ");
    }
}

std::size_t ShardReader::replicates_of_block(const Outline& outline) {
    constexpr std::size_t bytes = 16 << 20;
    const auto row = outline.layout.scenarios.size() * std::max<std::size_t>(outline.view.kept_length(), 1);
    return std::max<std::size_t>(1, bytes / (row * sizeof(double)));
}

Block ShardReader::read_block(const ResultsReader& reader, const Outline& outline, std::size_t first,
                              std::size_t count) const {
    const auto scenarios = outline.layout.scenarios.size();
    const auto length = outline.view.kept_length();
    Block block;
    block.first = extent_.first + first;
    block.count = count;
    block.rows.assign(scenarios, std::vector<double>(count * length));
    for (std::size_t scenario = 0; scenario < scenarios; ++scenario) {
        std::size_t at = 0;
        for (const auto& variable : outline.view.kept()) {
            const auto row = row_length(outline.view.axes(), variable);
            const auto values = reader.read_rows(variable.name, scenario, first, count);
            if (values.size() != count * row) refuse(path(), fmt::format("'{}' has another extent", variable.name));
            for (std::size_t i = 0; i < count; ++i)
                std::copy_n(&values[i * row], row, &block.rows[scenario][i * length + at]);
            at += row;
        }
    }
    if (first + count == extent_.count) read_whole(reader, outline, block);
    return block;
}

void ShardReader::read_whole(const ResultsReader& reader, const Outline& outline, Block& block) const {
    try {
        block.statistics =
            decode({reader.read_integers("statistics_counts"), reader.read_integers("statistics_integers"),
                    reader.read_integers<std::int32_t>("statistics_buckets"), reader.read("statistics_numbers").values},
                   outline.layout.scenarios.size(), outline.view.yearly_length());
    } catch (const std::invalid_argument& error) {
        refuse(path(), error.what());
    }
    for (const auto& statistics : block.statistics)
        if (statistics.moments.first() != extent_.first || statistics.moments.end() != extent_.end())
            refuse(path(), "its statistics are of other replicates");
    block.failures = reader.failures();
    for (const auto& failure : block.failures)
        if (failure.replicate < extent_.first || failure.replicate >= extent_.end())
            refuse(path(), "tells a failure of a replicate it does not hold");
    block.panel.resize(outline.layout.panel.size());
    if (!reader.has("observation")) return;
    block.panel_scenario = reader.read("panel_scenario").values;
    block.panel_replicate = reader.read("panel_replicate").values;
    for (std::size_t i = 0; i < block.panel.size(); ++i)
        block.panel[i] = reader.read(outline.layout.panel[i].name).values;
}

void arrange_shards(std::vector<ShardReader>& shards, const Outline& outline, Extent extent) {
    for (const auto& shard : shards) shard.check_belongs_to(outline);
    std::sort(shards.begin(), shards.end(),
              [](const ShardReader& a, const ShardReader& b) { return a.extent().first < b.extent().first; });
    auto next = extent.first;
    const ShardReader* before = nullptr;
    for (const auto& shard : shards) {
        const auto [first, count, planned] = shard.extent();
        if (first < next && before == nullptr)
            refuse(shard.path(), fmt::format("holds {}, but the first to be held is {}",
                                             range_text(first, first + count), extent.first));
        if (first < next)
            refuse(shard.path(),
                   fmt::format("holds {}, which {} holds as well", range_text(first, next), before->path().string()));
        if (first > next)
            throw FileError(fmt::format("a shard is missing: no file holds {}, before {}", range_text(next, first),
                                        shard.path().string()));
        next = first + count;
        before = &shard;
    }
    if (next < extent.end())
        throw FileError(fmt::format("a shard is missing: no file holds {}{}", range_text(next, extent.end()),
                                    before == nullptr ? "" : ", after " + before->path().string()));
    if (next > extent.end())
        refuse(before->path(), fmt::format("goes beyond the {} replicates of its run", extent.planned));
}

}  // namespace sim
