#include "sim/run/parts.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"
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

std::vector<fs::path> shards_in(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".h5") found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

// What processes that are no more were writing of the file itself when they were killed (NewFile names it so).
void sweep_temporaries(const fs::path& target) {
    const auto start = target.filename().string() + ".tmp";
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(target.has_parent_path() ? target.parent_path() : ".", error)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with(start)) continue;
        const int process = std::atoi(name.c_str() + start.size());
        if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) fs::remove(entry.path(), error);
    }
}

}  // namespace

fs::path Parts::folder_of(const fs::path& target) {
    return target.string() + ".parts";
}

Parts::Parts(Target target, const Outline& outline, Extent extent, Leftover leftover)
    : target_(std::move(target)),
      folder_(folder_of(target_.path)),
      outline_(outline),
      extent_(extent),
      end_(extent.first) {
    std::error_code error;
    fs::create_directory(folder_, error);
    if (error) fail(target_.path, "cannot write in its folder: " + error.message());
    lock();
    try {
        take_over(leftover);
    } catch (...) {
        ::close(lock_);
        throw;
    }
}

Parts::~Parts() {
    std::error_code error;
    if (shards_in(folder_).empty()) fs::remove_all(folder_, error);
    ::close(lock_);
}

// The lock goes with the process, however it ends.
void Parts::lock() {
    lock_ = ::open((folder_ / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    if (lock_ < 0) fail(target_.path, std::string("cannot write in its folder: ") + std::strerror(errno));
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock_);
        fail(target_.path, "another run is writing it");
    }
}

void Parts::take_over(Leftover leftover) {
    sweep_temporaries(target_.path);
    const auto found = shards_in(folder_);
    std::error_code error;
    // What was being written when a run was killed has a temporary name and is worth nothing.
    for (const auto& entry : fs::directory_iterator(folder_, error))
        if (entry.path().filename().string().find(".h5.tmp") != std::string::npos) fs::remove(entry.path(), error);
    if (found.empty()) return;
    if (leftover == Leftover::refuse)
        fail(target_.path, fmt::format("an earlier run of it was not finished ({}); give --resume to go on with it, or "
                                       "--force to begin anew",
                                       folder_.string()));
    if (leftover == Leftover::discard) {
        for (const auto& path : found) fs::remove(path, error);
        return;
    }
    resume(found);
}

void Parts::resume(const std::vector<fs::path>& found) {
    std::vector<ShardReader> shards;
    for (const auto& path : found) shards.emplace_back(path);
    std::size_t end = extent_.first;
    for (const auto& shard : shards) end = std::max(end, shard.extent().end());
    arrange_shards(shards, outline_, {extent_.first, end - extent_.first, extent_.planned});
    if (end > extent_.end()) fail(folder_, "holds replicates that this run does not have");
    for (const auto& shard : shards) paths_.push_back(shard.path());
    end_ = end;
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
    // Whoever uses it reads and proves it; to do so here as well would cost as much as the writing.
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
    fs::remove_all(folder_, error);
}

void Parts::begin_file(std::size_t end) {
    const auto& [path, kind, replace, may_end_early] = target_;
    file_.emplace(path, outline_, Extent{extent_.first, end - extent_.first, extent_.planned}, kind, replace);
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
    auto block = saves ? collector_.take() : collector_.take_rows();
    handing_over_ = std::async(std::launch::async, [this, saves, block = std::move(block)]() mutable {
        parts_.add(std::move(block));
        if (saves) parts_.save();
    });
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
