// What a campaign needs from its beginning to its end.
#include "study/campaign.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <regex>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "models/growth/kernel.hpp"
#include "models/growth/model.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/new_file.hpp"
#include "sim/output/shard.hpp"
#include "sim/scenario/names.hpp"
#include "sim/statistics/stopping.hpp"
#include "study/outline.hpp"
#include "study/partial.hpp"
#include "study/room.hpp"
#include "study/settings.hpp"
#include "study/threads.hpp"
#include "study/usage_error.hpp"

namespace jiju {
namespace {

using growth::Growth;

}  // namespace

sim::Extent shard_of(const std::string& text, std::size_t planned) {
    if (text.empty()) return {0, planned, planned};
    std::smatch found;
    if (!std::regex_match(text, found, std::regex(R"((\d{1,7})/(\d{1,7}))")))
        throw UsageError(sim::translated("--shard '{}': is no part such as 3/16", text));
    const auto part = std::stoull(found[1]), parts = std::stoull(found[2]);
    if (part < 1 || part > parts)
        throw UsageError(
            sim::translated("--shard {}: parts are counted from 1; in a Slurm array, --array=1-{}", text, parts));
    if (parts > planned)
        throw UsageError(sim::translated("--shard {}: {} replicates make no {} parts", text, planned, parts));
    const auto first = (part - 1) * planned / parts;
    return {first, part * planned / parts - first, planned};
}

namespace {

sim::Extent extent_of(const CampaignOptions& options, std::size_t planned) {
    if (!options.range) return shard_of(options.shard, planned);
    const auto first = static_cast<std::size_t>(options.range->first);
    return {first, planned - first, planned};
}

}  // namespace

sim::Plan plan_of(const growth::Config& config, const CampaignOptions& options) {
    return {.seed = static_cast<std::uint64_t>(config.scenario.seed), .threads = threads_for(options.threads)};
}

// The sink that keeps everything: in blocks, so that each can be given back once a medium has it.
class Campaign::Keeper {
public:
    Keeper(const sim::Outline& outline, std::size_t first)
        : collector_(outline.view, outline.layout.scenarios.size(), outline.layout.panel.size(), first),
          scenarios_(outline.layout.scenarios.size()) {}

    void write(std::size_t scenario, std::size_t replicate, const growth::Record& record, const sim::Panel& panel) {
        collector_.write(scenario, replicate, record, panel);
        if (scenario + 1 == scenarios_) cut_if_large();
    }
    void fail(const sim::Failure& failure) {
        collector_.fail(failure);
        if (failure.scenario + 1 == scenarios_) cut_if_large();
    }
    void withdraw() { collector_.withdraw(); }

    // `use(const sim::Block&)` for all of them in order; none is left.
    void take(auto&& use) {
        blocks_.push_back(collector_.take());
        for (auto& block : blocks_) use(std::exchange(block, {}));
        blocks_.clear();
    }

private:
    void cut_if_large() {
        constexpr std::size_t large = 16 << 20;  // bytes
        if (collector_.bytes() >= large) blocks_.push_back(collector_.take_rows());
    }

    sim::Collector collector_;
    std::size_t scenarios_;
    std::vector<sim::Block> blocks_;
};

Campaign::Campaign(const Study& study, const CampaignOptions& options, Keeps keeps)
    : study_(study),
      options_(options),
      configs_(study.scenarios),
      precision_(options.precision.empty() ? nullptr : std::make_unique<Precision>(options.precision, study.first())),
      outline_(outline_of(study, precision_ ? precision_->text() : "")),
      extent_(extent_of(options, outline_.planned)),
      kind_(is_part(options) ? sim::FileKind::shard : sim::FileKind::results),
      samples_(configs_),
      first_(extent_.first),
      next_(extent_.first) {
    if (options.output.empty() && keeps == Keeps::results) keeper_ = std::make_unique<Keeper>(outline_, first_);
}

Campaign::~Campaign() = default;

std::size_t Campaign::failures() const {
    std::size_t all = 0;
    for (std::size_t i = 0; i < samples_.size(); ++i) all += samples_[i].failures().size();
    return all;
}

bool Campaign::is_finished() {
    std::error_code error;
    if (!std::filesystem::exists(options_.output, error)) return false;
    const sim::ResultsReader reader(options_.output, kind_);
    if (reader.text("run_sha256") != outline_.run_sha256 && kind_ == sim::FileKind::results &&
        is_beginning_of(study_, outline_, reader)) {
        extended_ = static_cast<std::size_t>(reader.integers("replicates")[0]);
        return false;
    }
    if (reader.text("run_sha256") != outline_.run_sha256)
        throw sim::FileError(
            options_.output +
            sim::translated(": is of another run: its scenarios, seed, replicates, program or what is recorded "
                            "differ; give --force to replace it"));
    if (kind_ == sim::FileKind::shard && sim::ShardReader(options_.output).extent().first != extent_.first)
        throw sim::FileError(options_.output +
                             sim::translated(": is another shard of this run; give --force to replace it"));
    return true;
}

void Campaign::sweep_finished() const {
    sim::Parts::sweep_finished(options_.output, outline_.run_sha256);
}

void Campaign::prepare() {
    const auto to = !options_.output.empty() ? Destination::file : keeper_ ? Destination::memory : Destination::nowhere;
    check_room(study_, outline_, extent_.count, plan_of(study_.first(), options_).threads, to, options_.output, kind_);
    if (options_.output.empty()) return;
    const auto leftover = options_.resume  ? sim::Leftover::resume
                          : options_.force ? sim::Leftover::discard
                                           : sim::Leftover::refuse;
    // What forbids writing is known before the work. The parts and the file exist side by side for a moment.
    const auto bytes = sim::estimated_size(outline_, extent_.count, kind_);
    sim::NewFile::sweep(options_.output);
    sim::NewFile::check(options_.output, 2 * bytes, options_.force || extended_ > 0);
    const sim::Target target{options_.output, kind_, options_.force, precision_ != nullptr, extended_ > 0};
    parts_ = std::make_unique<sim::Parts>(target, outline_, extent_, leftover);
    if (parts_->end() > extent_.first)
        parts_->for_each_block([&](const sim::Block& block) { samples_.add(block, outline_.view); });
    first_ = next_ = parts_->end();
    const std::chrono::duration<double> least(options_.checkpoint_seconds.value_or(sim::Saver::everyday.count()));
    saver_ = std::make_unique<sim::Saver>(*parts_, outline_, least);
}

void Campaign::simulate(const Watch& watch) {
    sim::Progress<std::function<void(std::size_t)>> progress(watch.ended);
    const auto is_enough = [&] {
        return precision_ && next_ > 0 && sim::look_after(next_ - 1) == next_ && precision_->is_reached(samples_);
    };
    while (next_ < extent_.end() && !interrupted_ && !gave_up_ && !is_enough()) {
        const auto end = precision_ ? std::min(extent_.end(), sim::look_after(next_)) : extent_.end();
        simulate_until(end, watch, progress);
    }
}

void Campaign::simulate_until(std::size_t end, const Watch& watch,
                              sim::Progress<std::function<void(std::size_t)>>& progress) {
    auto plan = plan_of(study_.first(), options_);
    plan.first_replicate = next_;
    plan.replicates = end - next_;
    plan.panels = outline_.recording.panels;
    plan.stop = watch.stop;
    if (const auto most = most_failures(options_.failures)) plan.most_failures = *most - std::min(*most, failures());
    const auto simulate_into = [&](auto&... keeping) {
        return sim::run_ensemble_from<Growth>(watch.warm, configs_, plan, keeping..., samples_, progress);
    };
    const auto outcome = saver_ ? simulate_into(*saver_) : keeper_ ? simulate_into(*keeper_) : simulate_into();
    next_ += outcome.replicates;
    interrupted_ = outcome.interrupted;
    gave_up_ = outcome.gave_up;
}

void Campaign::write_file() {
    saver_->finish();
    parts_->assemble();
}

void Campaign::save() {
    saver_->finish();
    parts_->save();
}

void Campaign::compose(sim::Medium& medium) {
    sim::ResultsComposer composer(outline_, {extent_.first, done(), extent_.planned}, sim::FileKind::results, medium);
    const auto write = [&](const sim::Block& block) { composer.write(block); };
    if (saver_) {
        saver_->finish();
        parts_->for_each_block(write);
    } else {
        keeper_->take(write);
    }
    composer.finish(interrupted_ || gave_up_ ? "partial" : "complete");
}

}  // namespace jiju
