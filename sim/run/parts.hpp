// A file in the making, and the folder beside it where what is done waits in shards until all of it is.
//
// A run that ends early, by a signal, a full disk or a loss of power, leaves its shards there and can continue after
// the last of them; since draws are a function of coordinates, nothing but the time of what was not yet saved is lost.
// What else lies in the folder is nobody's business here: it is neither read nor removed. The file itself grows under a
// temporary name as the run continues: shards are read again only by a run that is resumed.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "sim/output/finished.hpp"
#include "sim/output/shard.hpp"
#include "sim/output/writer.hpp"
#include "sim/run/exclusive.hpp"

namespace sim {

// What becomes of shards that an earlier run has left.
enum class Leftover : std::uint8_t { refuse, resume, discard };

// The file that a run ends in.
struct Target {
    std::filesystem::path path;
    FileKind kind = FileKind::results;
    bool replace = false;
    bool may_end_early = false;  // by a rule: then how long it will be is known, and it can be begun, only at the end
    // The file that is there is of a shorter run of the same kind: it is the beginning, and stays until it is replaced.
    bool extends = false;
};

class Parts {
public:
    // Of a file that will hold `extent`. Nobody else may write the same file: FileError while another process does,
    // where there are leftovers to be refused, or where those to be resumed are of another run. `outline` must outlive
    // it.
    Parts(Target target, const Outline& outline, Extent extent, Leftover leftover);
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts();  // leaves the folder where there is something to resume

    [[nodiscard]] std::size_t end() const { return end_; }  // replicates before this one were taken over or added
    // Goes into the file, and waits for the next part. FileError where the file cannot be written: then nothing but a
    // rescue is left.
    void add(Block block);
    // Makes a part of what waits; the last block of it must have its statistics.
    void save();
    // The unfinished file makes room, and what waits is saved, with `rest` behind it, if it can be.
    void rescue(Block rest);
    // `write(const Block&)` for everything saved and added, in order.
    void for_each_block(auto&& write) const {
        if (target_.extends) FinishedFile(target_.path, Trust::known).for_each_block(outline_, write);
        for (const auto& path : paths_) ShardReader(path, Trust::known).for_each_block(outline_, write);
        for (const auto& block : waiting_) write(block);
    }
    // Gives the file its name, and removes the folder. Where that fails, what waits is rescued, so that resuming has
    // only the file to write.
    void assemble();

    [[nodiscard]] static std::filesystem::path folder_of(const std::filesystem::path& target);

    // Takes away what a run that was killed after its file had its name has left beside it. Parts of another run stay,
    // as does all that a run at work has there; then false.
    static bool sweep_finished(const std::filesystem::path& target, const std::string& run_sha256);

private:
    void take_over(Leftover leftover);
    void resume(const std::vector<std::filesystem::path>& found);
    void remove_finished(const std::vector<ShardReader>& shards) const;
    void begin_file(std::size_t end);

    Target target_;
    std::filesystem::path folder_;
    const Outline& outline_;
    Extent extent_;
    std::size_t begun_;  // replicates before this one are in the file that is extended
    std::size_t end_;
    std::vector<std::filesystem::path> paths_;
    std::vector<Block> waiting_;  // behind the last part
    Exclusive lock_;
    std::optional<ResultsWriter> file_;
};

// The sink that hands blocks to the parts as the run continues, on a thread of its own: the run waits only for the
// block before.
class Saver {
public:
    static constexpr std::chrono::duration<double> everyday = std::chrono::seconds(10);
    static constexpr std::size_t block_bytes = 8 << 20;   // that are worth handing over
    static constexpr std::size_t most_bytes = 128 << 20;  // that wait for the next part

    // A part is saved after so many seconds and later after a fiftieth of the time the run has taken, so that their
    // number stays small, or when it fills its share of memory.
    explicit Saver(Parts& parts, const Outline& outline, std::chrono::duration<double> least = everyday);

    template <class Record>
    void write(std::size_t scenario, std::size_t replicate, const Record& record, const Panel& panel) {
        collector_.write(scenario, replicate, record, panel);
        if (scenario + 1 == scenarios_) hand_over_if_due();
    }
    void fail(const Failure& failure) {
        collector_.fail(failure);
        if (failure.scenario + 1 == scenarios_) hand_over_if_due();
    }
    void withdraw() { collector_.withdraw(); }

    void finish();  // the parts have everything that was written

private:
    using Clock = std::chrono::steady_clock;
    void hand_over_if_due();
    void wait();
    void or_rescue(auto&& write);

    Parts& parts_;
    Collector collector_;
    std::size_t scenarios_;
    std::chrono::duration<double> least_;
    Clock::time_point begun_ = Clock::now(), saved_ = begun_;
    std::size_t waiting_bytes_ = 0;  // of blocks that are in no part yet
    std::future<void> handing_over_;
};

}  // namespace sim
