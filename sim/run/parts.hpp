// The folder beside a file in the making, where what is done waits in shards until all of it is.
//
// A run that ends early, by a signal, a full disk or a loss of power, leaves its shards there and can go on behind the
// last of them; since draws are a function of coordinates, nothing but the time of what was not yet saved is lost.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <future>
#include <string>
#include <vector>

#include "sim/output/shard.hpp"
#include "sim/output/writer.hpp"

namespace sim {

// What becomes of shards that an earlier run has left.
enum class Leftover : std::uint8_t { refuse, resume, discard };

class Parts {
public:
    // Of the file `target`, which will hold `extent`. Nobody else may write the same file: FileError while another
    // process does, where there are leftovers to be refused, or where those to be resumed are of another run.
    // `outline` must outlive it.
    Parts(std::filesystem::path target, const Outline& outline, Extent extent, Leftover leftover);
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts();  // leaves the folder where there is something to resume

    [[nodiscard]] std::size_t end() const { return end_; }  // replicates before this one are saved
    void save(const Block& block);
    // `write(const Block&)` for everything saved, in order.
    void for_each_block(auto&& write) const {
        for (const auto& path : paths_) ShardReader(path).for_each_block(outline_, write);
    }
    // Writes the file of all that was saved and of `rest`, and removes the folder. Where that fails, `rest` is saved
    // as well if it can be, so that resuming has only the file to write.
    void assemble(const Block& rest, FileKind kind, bool replace);

    [[nodiscard]] static std::filesystem::path folder_of(const std::filesystem::path& target);

private:
    void lock();
    void take_over(Leftover leftover);
    void resume(const std::vector<std::filesystem::path>& found);
    void write_target(const Block& rest, FileKind kind, bool replace) const;

    std::filesystem::path target_, folder_;
    const Outline& outline_;
    Extent extent_;
    std::size_t end_;
    std::vector<std::filesystem::path> paths_;
    int lock_ = -1;
};

// The sink that saves parts as the run goes on, on a thread of its own: the run waits only for the part before.
class Saver {
public:
    // A part is saved after two seconds and later after a fiftieth of the time the run has taken, so that their number
    // stays small, or when it fills its share of memory.
    explicit Saver(Parts& parts, const Outline& outline, std::chrono::duration<double> least = std::chrono::seconds(2));

    template <class Record>
    void write(std::size_t scenario, std::size_t replicate, const Record& record, const Panel& panel) {
        collector_.write(scenario, replicate, record, panel);
        if (scenario + 1 == scenarios_) save_if_due();
    }
    void fail(const Failure& failure) {
        collector_.fail(failure);
        if (failure.scenario + 1 == scenarios_) save_if_due();
    }

    void save();                    // now
    [[nodiscard]] Block unsaved();  // what is not in the parts, for whoever writes it elsewhere

private:
    using Clock = std::chrono::steady_clock;
    void save_if_due();
    void begin_saving();

    Parts& parts_;
    Collector collector_;
    std::size_t scenarios_;
    std::chrono::duration<double> least_;
    Clock::time_point begun_ = Clock::now(), saved_ = begun_;
    std::future<void> saving_;
};

}  // namespace sim
