#include "sim/output/shard.hpp"

#include <atomic>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/statistics_table.hpp"

namespace sim {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why) {
    throw FileError(path.string() + ": " + why);
}

std::size_t whole(const ResultsReader& reader, const std::string& attribute) {
    const auto value = reader.integers(attribute)[0];
    constexpr std::int64_t most = 1'000'000'000;
    if (value < 0 || value > most) refuse(reader.path(), translated("{} = {} makes no sense", attribute, value));
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
    return end - first == 1 ? translated("replicate {}", first) : translated("replicates {} to {}", first, end - 1);
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
                refuse(path(), translated("was made by another version of the program, {}", theirs));
        refuse(path(),
               translated("belongs to another run: its scenarios, seed, replicates or what is recorded differ"));
    }
}

Block ShardReader::read_block(const ResultsReader& reader, const Outline& outline, std::size_t first,
                              std::size_t count) const {
    Block block;
    block.first = extent_.first + first;
    block.count = count;
    block.rows = read_rows(reader, outline, first, count);
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
            refuse(path(), translated("its statistics are of other replicates"));
    read_rest(reader, outline, extent_, block);
}

void arrange_shards(std::vector<ShardReader>& shards, const Outline& outline, Extent extent) {
    arrange_shards(
        shards, [&](std::size_t) -> const Outline& { return outline; }, extent);
}

void arrange_shards(std::vector<ShardReader>& shards, const RunOf& run_of, Extent extent) {
    for (const auto& shard : shards) shard.check_belongs_to(run_of(shard.extent().planned));
    std::sort(shards.begin(), shards.end(),
              [](const ShardReader& a, const ShardReader& b) { return a.extent().first < b.extent().first; });
    auto next = extent.first;
    const ShardReader* before = nullptr;
    for (const auto& shard : shards) {
        const auto [first, count, planned] = shard.extent();
        if (first < next && before == nullptr)
            refuse(shard.path(), translated("holds {}, but the first to be held is {}",
                                            range_text(first, first + count), extent.first));
        if (first < next)
            refuse(shard.path(),
                   translated("holds {}, which {} holds as well", range_text(first, next), before->path().string()));
        if (first > next)
            throw FileError(translated("a shard is missing: no file holds {}, before {}", range_text(next, first),
                                       shard.path().string()));
        next = first + count;
        before = &shard;
    }
    if (next < extent.end())
        throw FileError(translated("a shard is missing: no file holds {}{}", range_text(next, extent.end()),
                                   before == nullptr ? "" : translated(", after ") + before->path().string()));
    if (next > extent.end())
        refuse(before->path(), translated("goes beyond the {} replicates of its run", extent.planned));
}

}  // namespace sim
