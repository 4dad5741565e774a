// Shards become the file of the whole run, or it is said which of them is to blame.
#include "sim/output/shard.hpp"

#include <gtest/gtest.h>

#include "tests/toy/files.hpp"

namespace {

namespace fs = std::filesystem;
using toy::expect_error;
using toy::Walk;

class Shards : public toy::Folder {
protected:
    static constexpr std::size_t planned = 30;
    [[nodiscard]] static Walk::Config config() { return {.steps = 8, .walkers = 3}; }
    [[nodiscard]] static sim::Outline outline(std::uint64_t seed = 7, std::size_t replicates = planned,
                                              const char* commit = nullptr) {
        auto layout = toy::layout({config(), config()});
        layout.attributes = sim::provenance(seed);
        for (auto& [name, value] : layout.attributes)
            if (name == "git_sha1" && commit != nullptr) value = std::string(commit);
        return {std::move(layout), {.detail = sim::Detail::panels, .panels = 9}, replicates};
    }
    fs::path shard(std::size_t first, std::size_t count, const sim::Outline& of) const {
        const auto path = folder_ / (std::to_string(first) + "+" + std::to_string(count) + ".h5");
        toy::write_file(path, of, toy::block_of(of, config(), first, count, 12), sim::FileKind::shard);
        return path;
    }
    // Merges as `jiju merge` does.
    void merge(const std::vector<fs::path>& paths, const fs::path& target) const {
        std::vector<sim::ShardReader> shards;
        for (const auto& path : paths) shards.emplace_back(path);
        const sim::Extent extent{0, planned, planned};
        sim::arrange_shards(shards, all_, extent);
        sim::ResultsWriter writer(target, all_, extent, sim::FileKind::results, false);
        for (const auto& each : shards)
            each.for_each_block(all_, [&](const sim::Block& block) { writer.write(block); });
        writer.finish();
    }
    void expect_refused(const std::vector<fs::path>& paths, const std::vector<std::string>& words) const {
        expect_error<sim::FileError>([&] { merge(paths, folder_ / "merged.h5"); }, words);
        EXPECT_FALSE(fs::exists(folder_ / "merged.h5"));
    }

    sim::Outline all_ = outline();
};

TEST_F(Shards, MakeTheFileOfTheWholeRunInWhateverOrderTheyAreGiven) {
    toy::write_file(folder_ / "whole.h5", all_, toy::block_of(all_, config(), 0, planned, 12));
    merge({shard(20, 10, all_), shard(0, 5, all_), shard(5, 15, all_)}, folder_ / "merged.h5");
    EXPECT_TRUE(toy::bytes_of(folder_ / "merged.h5") == toy::bytes_of(folder_ / "whole.h5"));
}

TEST_F(Shards, ThatAreMissingAreNamedByTheirReplicates) {
    const auto a = shard(0, 10, all_), b = shard(10, 1, all_), c = shard(11, 19, all_);
    expect_refused({b, c}, {"no file holds replicates 0 to 9", b.string()});
    expect_refused({a, c}, {"no file holds replicate 10,", c.string()});
    expect_refused({a, b}, {"no file holds replicates 11 to 29", b.string()});
}

TEST_F(Shards, ThatOverlapAreNamed) {
    const auto a = shard(0, 12, all_), b = shard(10, 20, all_);
    expect_refused({b, a}, {a.string(), b.string(), "replicates 10 to 11"});
    expect_refused({a, a, shard(12, 18, all_)}, {a.string(), "as well"});
}

TEST_F(Shards, OfAnotherRunAreNamed) {
    const auto a = shard(0, 10, all_);
    const auto other_seed = shard(10, 20, outline(8));
    expect_refused({a, other_seed}, {other_seed.string(), "another run"});
    const auto more = shard(10, 19, outline(7, 31));
    expect_refused({a, more}, {more.string(), "another run"});
}

TEST_F(Shards, OfAnotherVersionOfTheProgramAreNamed) {
    const auto a = shard(0, 10, all_);
    const auto old = shard(10, 20, outline(7, planned, "0123456789012345678901234567890123456789"));
    expect_refused({a, old}, {old.string(), "another version of the program", "0123456789"});
}

TEST_F(Shards, WithAnAlteredNumberAreNamed) {
    const auto a = shard(0, 10, all_), b = shard(10, 20, all_);
    toy::falsify(b);
    expect_refused({a, b}, {b.string(), "damaged or altered"});
}

TEST_F(Shards, CutShortAreNamed) {
    const auto a = shard(0, 10, all_), b = shard(10, 20, all_);
    fs::resize_file(b, fs::file_size(b) / 2);
    expect_refused({a, b}, {b.string()});
}

TEST_F(Shards, AreNoResultsFilesAndTheOtherWayRound) {
    const auto a = shard(0, 10, all_);
    expect_error<sim::FileError>([&] { sim::ResultsReader reader(a); }, {a.string(), "is a shard"});
    toy::write_file(folder_ / "whole.h5", all_, toy::block_of(all_, config(), 0, planned));
    expect_error<sim::FileError>([&] { sim::ShardReader reader(folder_ / "whole.h5"); }, {"whole results file"});
}

TEST_F(Shards, OfOtherVariablesAreOfAnotherRun) {
    const auto of = [](const char* variable) {
        return sim::Outline(toy::layout({config()}), {.detail = sim::Detail::years, .variables = {variable}}, 10);
    };
    EXPECT_NE(of("position").run_sha256, of("distance").run_sha256);
    EXPECT_EQ(of("position").run_sha256, of("position").run_sha256);
}

}  // namespace
