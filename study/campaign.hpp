// A study simulated as its options ask: with or without a file, whole or a shard, once or after an interruption. It
// says nothing; its caller watches and reports.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "sim/output/medium.hpp"
#include "sim/output/writer.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/run/parts.hpp"
#include "study/campaign_options.hpp"
#include "study/precision.hpp"
#include "study/scenario.hpp"
#include "study/summary.hpp"
#include "study/warm.hpp"

namespace jiju {

// `3/16`: the third of sixteen parts, as equal as can be; all where there is no text. UsageError where it is none.
[[nodiscard]] sim::Extent shard_of(const std::string& text, std::size_t planned);

// Seed, threads and no replicate yet.
[[nodiscard]] sim::Plan plan_of(const growth::Config& config, const CampaignOptions& options);

class Campaign {
public:
    enum class Keeps : std::uint8_t { nothing, results };  // where no file is written

    // Both must outlive it; the options have been checked.
    Campaign(const Study& study, const CampaignOptions& options, Keeps keeps);
    ~Campaign();

    // Whether a finished file of this very run is there: a job that is started again has nothing left to do. Where it
    // is one of fewer replicates, but else of this run, it will be extended. FileError where the file is of another
    // run.
    [[nodiscard]] bool is_finished();
    [[nodiscard]] std::size_t extended() const { return extended_; }  // replicates of the file that is there

    // What a run that was killed after that has left beside it goes away.
    void sweep_finished() const;

    // What cannot fit is refused (study/room.hpp), what forbids writing is found before the work, and what an earlier
    // call has saved is taken over.
    void prepare();

    struct Watch {
        std::function<void(std::size_t)> ended;   // runs of one scenario that came to an end, counted from 1
        const std::atomic<bool>* stop = nullptr;  // set it, and no further replicate begins
        Warm* warm = nullptr;                     // states that earlier campaigns have left, and this one leaves
    };
    void simulate(const Watch& watch);

    // Writes the results file, or the shard, of what was simulated.
    void write_file();
    // What was simulated and not yet saved joins what the next call can take over.
    void save();
    // Tells the medium what was simulated, of a run that was not finished too. Once: memory is given back on the way.
    void compose(sim::Medium& medium);

    [[nodiscard]] const AllSamples& samples() const { return samples_; }
    [[nodiscard]] const sim::Texts& texts() const { return outline_.texts; }  // the effective scenarios
    [[nodiscard]] sim::Extent extent() const { return extent_; }
    [[nodiscard]] sim::FileKind kind() const { return kind_; }
    [[nodiscard]] std::size_t taken_over() const { return first_ - extent_.first; }  // replicates
    [[nodiscard]] std::size_t simulated() const { return next_ - first_; }           // replicates, by this call
    [[nodiscard]] std::size_t done() const { return next_ - extent_.first; }         // both
    [[nodiscard]] std::size_t runs_left() const { return (extent_.end() - next_) * configs_.size(); }
    [[nodiscard]] std::size_t failures() const;
    [[nodiscard]] bool writes() const { return parts_ != nullptr; }
    [[nodiscard]] bool interrupted() const { return interrupted_; }
    [[nodiscard]] bool gave_up() const { return gave_up_; }  // more failed than the options allow

private:
    class Keeper;

    void simulate_until(std::size_t end, const Watch& watch, sim::Progress<std::function<void(std::size_t)>>& progress);

    const Study& study_;
    const CampaignOptions& options_;
    Configs configs_;
    std::unique_ptr<Precision> precision_;
    sim::Outline outline_;
    sim::Extent extent_;
    sim::FileKind kind_;
    AllSamples samples_;
    std::unique_ptr<sim::Parts> parts_;
    std::unique_ptr<sim::Saver> saver_;
    std::unique_ptr<Keeper> keeper_;
    std::size_t extended_ = 0;
    std::size_t first_, next_;  // replicates of this call: where it began, and what comes next
    bool interrupted_ = false, gave_up_ = false;
};

}  // namespace jiju
