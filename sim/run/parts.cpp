#include "sim/run/parts.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <memory>
#include <regex>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/causes.hpp"
#include "sim/output/new_file.hpp"

namespace sim {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const std::string& why) {
    throw FileError(path.string() + ": " + why);
}

std::string name_of(std::size_t first, std::size_t end) {
    return fmt::format("{:010}-{:010}.h5", first, end - 1);
}

bool has_name_of_a_shard(const fs::path& path) {
    static const std::regex pattern(R"(\d{10,20}-\d{10,20}\.h5)");
    return std::regex_match(path.filename().string(), pattern);
}

// Even of one that is damaged: HDF5, with the word for shards in it.
bool is_marked_as_shard(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(std::size_t{1} << 20, '\0');
    const std::boyer_moore_horspool_searcher mark(shard_filetype.begin(), shard_filetype.end());
    std::size_t kept = 0;
    for (bool first = true; file; first = false) {
        file.read(text.data() + kept, static_cast<std::streamsize>(text.size() - kept));
        const std::string_view seen(text.data(), kept + static_cast<std::size_t>(file.gcount()));
        if (first && !seen.starts_with("\x89HDF\r\n\x1A\n")) return false;
        if (std::search(seen.begin(), seen.end(), mark) != seen.end()) return true;
        kept = std::min(seen.size(), shard_filetype.size());
        std::copy(seen.end() - static_cast<std::ptrdiff_t>(kept), seen.end(), text.begin());
    }
    return false;
}

std::vector<fs::path> shards_in(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (has_name_of_a_shard(entry.path())) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

// What was being written when a run was killed has a temporary name and is worth nothing. The holder of the lock may
// take it away, whichever machine wrote it.
void sweep_folder(const fs::path& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const auto name = entry.path().filename().string();
        if (const auto end = name.find(".tmp-"); end != std::string::npos && has_name_of_a_shard(name.substr(0, end)))
            NewFile::sweep(folder / name.substr(0, end), true);
    }
}

Exclusive lock(const fs::path& target, const fs::path& folder) {
    check_folder(target);
    constexpr int most_attempts = 100;
    for (int attempt = 0;; ++attempt) try {
            std::error_code error;
            fs::create_directory(folder, error);
            if (fs::exists(folder) && !fs::is_directory(folder))
                fail(folder, translated("is a file; a run keeps its parts in a folder of this name"));
            if (error) fail_at(target, translated("cannot make the folder {}", folder.string()), error.value());
            std::string holder;
            auto taken = Exclusive::take(folder, &holder);
            if (!taken) fail(target, holder);
            return std::move(*taken);
        } catch (const FileError&) {
            // The earlier holder may have taken the folder away between the two.
            if (fs::exists(folder) || attempt == most_attempts) throw;
        }
}

}  // namespace

fs::path Parts::folder_of(const fs::path& target) {
    return target.string() + ".parts";
}

bool Parts::sweep_finished(const fs::path& target, const std::string& run_sha256) {
    const auto folder = folder_of(target);
    std::error_code error;
    if (!fs::is_directory(folder, error)) return true;
    const auto lock = Exclusive::take(folder);
    if (!lock) return false;
    const auto shards = shards_in(folder);
    try {
        for (const auto& path : shards)
            if (ResultsReader(path, FileKind::shard).text("run_sha256") != run_sha256) return false;
    } catch (const FileError&) {  // what cannot be read may be anybody's
        return false;
    }
    for (const auto& path : shards) fs::remove(path, error);
    sweep_folder(folder);
    return true;
}

Parts::Parts(Target target, const Outline& outline, Extent extent, Leftover leftover)
    : target_(std::move(target)),
      folder_(folder_of(target_.path)),
      outline_(outline),
      extent_(extent),
      begun_(target_.extends ? FinishedFile(target_.path, Trust::known).replicates() : extent.first),
      end_(begun_),
      lock_(lock(target_.path, folder_)) {
    take_over(leftover);
}

Parts::~Parts() = default;  // the lock takes the folder with it where nothing is left to resume

void Parts::take_over(Leftover leftover) {
    NewFile::sweep(target_.path);
    sweep_folder(folder_);
    const auto found = shards_in(folder_);
    if (found.empty()) return;
    if (leftover == Leftover::refuse)
        fail(target_.path, translated("an earlier run of it was not finished ({}); give --resume to continue it, or "
                                      "--force to begin again",
                                      folder_.string()));
    if (leftover == Leftover::resume) return resume(found);
    for (const auto& path : found)
        if (!is_marked_as_shard(path))
            fail(path, translated("has the name of a part, but is none; move it away, for it would be replaced"));
    std::error_code error;
    for (const auto& path : found) fs::remove(path, error);
}

void Parts::resume(const std::vector<fs::path>& found) {
    std::vector<ShardReader> shards;
    for (const auto& path : found) shards.emplace_back(path);
    // Left by the run whose file is now extended, when it was killed after the file had its name: it is all in there.
    if (target_.extends && std::all_of(shards.begin(), shards.end(),
                                       [&](const ShardReader& shard) { return shard.extent().end() <= begun_; }))
        return remove_finished(shards);
    std::size_t end = begun_;
    for (const auto& shard : shards) end = std::max(end, shard.extent().end());
    arrange_shards(shards, outline_, {begun_, end - begun_, extent_.planned});
    if (end > extent_.end()) fail(folder_, translated("holds replicates that this run does not have"));
    for (const auto& shard : shards) paths_.push_back(shard.path());
    end_ = end;
}

void Parts::remove_finished(const std::vector<ShardReader>& shards) const {
    const auto run = FinishedFile(target_.path, Trust::known).run_sha256();
    for (const auto& shard : shards)
        if (ResultsReader(shard.path(), FileKind::shard).text("run_sha256") != run)
            fail(shard.path(), translated("is part of another run; move it away, or give --force to begin again"));
    std::error_code error;
    for (const auto& shard : shards) fs::remove(shard.path(), error);
}

void Parts::add(Block block) {
    const bool lacks_statistics = !waiting_.empty() && waiting_.back().statistics.empty();
    if (block.count == 0 && !lacks_statistics) return;
    end_ = block.end();
    waiting_.push_back(std::move(block));
    if (target_.may_end_early) return;
    if (file_)
        file_->write(waiting_.back());
    else
        begin_file(extent_.end());
    file_->sync();
}

void Parts::save() {
    if (waiting_.empty()) return;
    const auto first = waiting_.front().first, end = waiting_.back().end();
    auto path = folder_ / name_of(first, end);
    ResultsWriter writer(path, outline_, {first, end - first, extent_.planned}, FileKind::shard, true);
    for (const auto& block : waiting_) writer.write(block);
    // Its user reads and proves it; to do so here as well would cost as much as the writing.
    writer.finish(ResultsWriter::Proof::none);
    paths_.push_back(std::move(path));
    waiting_.clear();
}

void Parts::assemble() {
    try {
        if (!file_) begin_file(end_);
        file_->finish();
    } catch (const FileError&) {
        rescue({});
        throw;
    }
    std::error_code error;
    for (const auto& path : paths_) fs::remove(path, error);
    paths_.clear();
}

void Parts::begin_file(std::size_t end) {
    const auto& [path, kind, replace, may_end_early, extends] = target_;
    file_.emplace(path, outline_, Extent{extent_.first, end - extent_.first, extent_.planned}, kind,
                  replace || extends);
    for_each_block([&](const Block& block) { file_->write(block); });
}

void Parts::rescue(Block rest) {
    file_.reset();
    if (rest.count > 0 || !rest.statistics.empty()) waiting_.push_back(std::move(rest));
    try {
        save();
    } catch (const FileError&) {  // the same disk; the first error is the one to tell
    }
}

Saver::Saver(Parts& parts, const Outline& outline, std::chrono::duration<double> least)
    : parts_(parts),
      collector_(outline.view, outline.layout.scenarios.size(), outline.layout.panel.size(), parts.end()),
      scenarios_(outline.layout.scenarios.size()),
      least_(least) {}

void Saver::hand_over_if_due() {
    constexpr double share_of_time = 0.02;
    const auto now = Clock::now();
    const std::chrono::duration<double> since = now - saved_, all = now - begun_;
    const auto bytes = collector_.bytes();
    const bool saves = since >= std::max(least_, share_of_time * all) || waiting_bytes_ + bytes >= most_bytes;
    if (!saves && bytes < block_bytes) return;
    waiting_bytes_ = saves ? 0 : waiting_bytes_ + bytes;
    if (saves) saved_ = now;
    wait();
    const auto kept = std::make_shared<Block>(saves ? collector_.take() : collector_.take_rows());
    const auto hand_over = [this, saves, kept] {
        parts_.add(std::move(*kept));
        if (saves) parts_.save();
    };
    try {
        handing_over_ = std::async(std::launch::async, hand_over);
    } catch (const std::system_error&) {  // no further thread is available, so the run waits
        handing_over_ = std::async(std::launch::deferred, hand_over);
        wait();
    }
}

void Saver::finish() {
    wait();
    or_rescue([&] { parts_.add(collector_.take()); });
}

void Saver::wait() {
    if (handing_over_.valid()) or_rescue([&] { handing_over_.get(); });
}

void Saver::or_rescue(auto&& write) {
    try {
        write();
    } catch (const FileError&) {
        parts_.rescue(collector_.take());
        throw;
    }
}

}  // namespace sim
