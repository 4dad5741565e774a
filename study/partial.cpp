#include "study/partial.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/composer.hpp"
#include "study/from_file.hpp"
#include "study/outline.hpp"

namespace jiju {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> shards_in(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".h5") found.push_back(entry.path());
    if (error) throw sim::FileError(folder.string() + sim::translated(": cannot be read: ") + error.message());
    if (found.empty())
        throw sim::FileError(folder.string() +
                             sim::translated(": holds no part of a run; parts are saved every ten seconds"));
    std::sort(found.begin(), found.end());  // their names begin with their first replicate
    return found;
}

sim::ResultsReader reader_of(const fs::path& shard) {
    return sim::ResultsReader(shard, sim::FileKind::shard);  // proved by its seal
}

// The file that a run with these parts extends lies beside their folder.
fs::path file_beside(const fs::path& shard) {
    auto folder = fs::absolute(shard).parent_path().string();
    constexpr std::string_view ending = ".parts";
    return folder.ends_with(ending) ? fs::path(folder.substr(0, folder.size() - ending.size())) : fs::path();
}

}  // namespace

bool is_beginning_of(const Study& study, const sim::Outline& outline, const sim::ResultsReader& file) {
    const auto replicates = file.integers("replicates")[0];
    if (replicates >= static_cast<std::int64_t>(outline.planned)) return false;
    // Scenarios say how many replicates they were planned for, and so does the fingerprint of a run.
    Study shorter{{}, study.factors};
    for (auto scenario : study.scenarios) {
        scenario.config.scenario.replicates = replicates;
        shorter.scenarios.push_back(std::move(scenario));
    }
    return outline_of(shorter, stopping_rule_of(file)).run_sha256 == file.text("run_sha256");
}

Partial::Partial(const fs::path& folder) : Partial(shards_in(folder)) {}

Partial::Partial(std::vector<fs::path> shards)
    : paths_(std::move(shards)),
      study_(study_of(reader_of(paths_.front()))),
      stopping_rule_(stopping_rule_of(reader_of(paths_.front()))),
      maker_{reader_of(paths_.front()).text("software_version"), reader_of(paths_.front()).text("git_sha1")},
      outline_(outline_of(study_, stopping_rule_)) {
    std::vector<sim::ShardReader> readers;
    for (const auto& path : paths_) readers.emplace_back(path);
    extent_ = {readers.front().extent().first, 0, outline_.planned};
    for (const auto& reader : readers) extent_.count = reader.extent().end() - extent_.first;
    sim::arrange_shards(readers, outline_, extent_);
    const auto file = file_beside(paths_.front());
    std::error_code error;
    if (extent_.first == 0 || !fs::is_regular_file(file, error)) return;
    const sim::FinishedFile before(file);
    if (before.replicates() != extent_.first || !is_beginning_of(study_, outline_, before.file())) return;
    before_ = file;
    extent_ = {0, extent_.end(), extent_.planned};
}

void Partial::for_each_block(auto&& use) const {
    if (before_) sim::FinishedFile(*before_, sim::Trust::known).for_each_block(outline_, use);
    for (const auto& path : paths_) sim::ShardReader(path, sim::Trust::known).for_each_block(outline_, use);
}

AllSamples Partial::samples() const {
    AllSamples samples{Configs(study_.scenarios)};
    for_each_block([&](const sim::Block& block) { samples.add(block, outline_.view); });
    return samples;
}

void Partial::compose(sim::Medium& medium) const {
    sim::ResultsComposer composer(outline_, extent_, sim::FileKind::results, medium);
    for_each_block([&](const sim::Block& block) { composer.write(block); });
    composer.finish("partial");
}

}  // namespace jiju
