#include "apps/campaign.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <memory>
#include <optional>
#include <regex>

#include <fmt/format.h>

#include "apps/console.hpp"
#include "apps/dry_run.hpp"
#include "apps/interruption.hpp"
#include "apps/layout.hpp"
#include "apps/precision.hpp"
#include "apps/progress.hpp"
#include "apps/settings.hpp"
#include "models/growth/kernel.hpp"
#include "models/growth/model.hpp"
#include "sim/output/digest.hpp"
#include "sim/output/new_file.hpp"
#include "sim/output/shard.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/run/parts.hpp"
#include "sim/scenario/names.hpp"

namespace jiju {
namespace {

using growth::Growth;

// `3/16`: the third of sixteen parts, as equal as can be.
sim::Extent shard_of(const std::string& text, std::size_t planned) {
    if (text.empty()) return {0, planned, planned};
    std::smatch found;
    if (!std::regex_match(text, found, std::regex(R"((\d{1,7})/(\d{1,7}))")))
        throw UsageError(fmt::format("--shard '{}': is no part such as 3/16", text));
    const auto part = std::stoull(found[1]), parts = std::stoull(found[2]);
    if (part < 1 || part > parts) throw UsageError(fmt::format("--shard {}: parts are counted from 1", text));
    if (parts > planned)
        throw UsageError(fmt::format("--shard {}: {} replicates make no {} parts", text, planned, parts));
    const auto first = (part - 1) * planned / parts;
    return {first, part * planned / parts - first, planned};
}

std::optional<std::size_t> most_failures(const std::string& policy) {
    if (policy == "continue") return std::nullopt;
    if (policy == "stop") return 0;
    std::smatch found;
    if (!std::regex_match(policy, found, std::regex(R"((\d{1,9}))")))
        throw UsageError(fmt::format("--failures '{}': is none of continue, stop, or the most that may fail", policy));
    return std::stoull(found[1]);
}

void check_options(const CampaignOptions& options) {
    const auto need_output = [&](bool asked, const char* option) {
        if (asked && options.output.empty()) throw UsageError(fmt::format("{} needs -o, the file to write", option));
    };
    need_output(options.resume, "--resume");
    need_output(!options.shard.empty(), "--shard");
    if (!options.shard.empty() && !options.precision.empty())
        throw UsageError("--shard and --precision exclude each other: no shard knows what the others have seen");
    if (options.resume && options.force)
        throw UsageError("--resume goes on with what --force would throw away: give one of them");
}

// The run itself, with what it needs from beginning to end.
class Campaign {
public:
    Campaign(const Study& study, const CampaignOptions& options)
        : study_(study),
          options_(options),
          configs_(study.configs()),
          precision_(options.precision.empty() ? nullptr
                                               : std::make_unique<Precision>(options.precision, study.first())),
          outline_(outline_of(study, precision_ ? precision_->text() : "")),
          extent_(shard_of(options.shard, outline_.planned)),
          kind_(options.shard.empty() ? sim::FileKind::results : sim::FileKind::shard),
          samples_(configs_) {}

    int carry_out() {
        if (options_.resume && is_finished()) return report_finished();
        prepare_files();
        const auto begun = std::chrono::steady_clock::now();
        play();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
        if (interrupted_) return report_interruption();
        tell_failures();
        if (!options_.quiet) tell_speed(took.count());
        if (gave_up_) return report_giving_up();
        if (parts_) write_file();
        print(shown(summarise(study_, samples_, this_build()), options_.language, options_.json));
        return failures() == 0 ? exit_code::ok : exit_code::failed;
    }

private:
    [[nodiscard]] std::size_t failures() const {
        std::size_t all = 0;
        for (std::size_t i = 0; i < samples_.size(); ++i) all += samples_[i].failures().size();
        return all;
    }

    // A finished file of this very run: a job that is started again has nothing left to do.
    [[nodiscard]] bool is_finished() const {
        std::error_code error;
        if (!std::filesystem::exists(options_.output, error)) return false;
        const sim::ResultsReader reader(options_.output, kind_);
        if (reader.text("run_sha256") != outline_.run_sha256)
            throw sim::FileError(options_.output +
                                 ": is of another run: its scenarios, seed, replicates, program or what is recorded "
                                 "differ; give --force to replace it");
        if (kind_ == sim::FileKind::shard && sim::ShardReader(options_.output).extent().first != extent_.first)
            throw sim::FileError(options_.output + ": is another shard of this run; give --force to replace it");
        return true;
    }

    int report_finished() const {
        std::error_code error;  // a run killed after the file had its name leaves its parts
        std::filesystem::remove_all(sim::Parts::folder_of(options_.output), error);
        tell(fmt::format("{} is complete already\n", options_.output));
        if (kind_ == sim::FileKind::results) return show({options_.output, options_.json, options_.language});
        return exit_code::ok;
    }

    void prepare_files() {
        if (options_.output.empty()) return;
        const auto leftover = options_.resume  ? sim::Leftover::resume
                              : options_.force ? sim::Leftover::discard
                                               : sim::Leftover::refuse;
        // What forbids writing is known before the work. The parts and the file exist side by side for a moment.
        const auto bytes = sim::estimated_size(outline_, extent_.count, kind_);
        sim::NewFile::check(options_.output, 2 * bytes, options_.force);
        parts_ = std::make_unique<sim::Parts>(options_.output, outline_, extent_, leftover);
        if (parts_->end() == extent_.first) return;
        parts_->for_each_block([&](const sim::Block& block) { samples_.add(block, outline_.view); });
        if (!options_.quiet)
            tell(fmt::format("going on after {} of {} replicates\n", parts_->end() - extent_.first, extent_.count));
    }

    void play() {
        first_ = parts_ ? parts_->end() : extent_.first;
        if (parts_)
            saver_ = std::make_unique<sim::Saver>(*parts_, outline_,
                                                  std::chrono::duration<double>(options_.checkpoint_seconds));
        ProgressBar bar((extent_.end() - first_) * configs_.size(), !options_.quiet);
        std::size_t ended = 0;
        sim::Progress progress([&](std::size_t) { bar.show(++ended); });
        next_ = first_;
        const auto is_enough = [&] {
            return precision_ && next_ > 0 && Precision::look_after(next_ - 1) == next_ &&
                   precision_->is_reached(samples_);
        };
        while (next_ < extent_.end() && !interrupted_ && !gave_up_ && !is_enough()) {
            const auto end = precision_ ? std::min(extent_.end(), Precision::look_after(next_)) : extent_.end();
            play_until(end, progress);
        }
    }

    void play_until(std::size_t end, auto& progress) {
        auto plan = plan_of(study_.first(), options_);
        plan.first_replicate = next_;
        plan.replicates = end - next_;
        plan.panels = outline_.recording.panels;
        if (const auto most = most_failures(options_.failures))
            plan.most_failures = *most - std::min(*most, failures());
        const std::span<const growth::Config> configs(configs_);
        const auto outcome = saver_ ? sim::run_ensemble<Growth>(configs, plan, *saver_, samples_, progress)
                                    : sim::run_ensemble<Growth>(configs, plan, samples_, progress);
        next_ += outcome.replicates;
        interrupted_ = outcome.interrupted;
        gave_up_ = outcome.gave_up;
    }

    void write_file() {
        parts_->assemble(saver_->unsaved(), kind_, options_.force);
        if (!options_.quiet)
            tell(fmt::format("wrote {} ({:.1f} MB)\n", options_.output,
                             static_cast<double>(std::filesystem::file_size(options_.output)) * 1e-6));
    }

    int report_interruption() {
        const int signal = Interruption::signal();
        const auto* name = signal == SIGINT ? "SIGINT" : "SIGTERM";
        const auto done = next_ - extent_.first;
        if (!parts_) {
            tell(fmt::format("jiju: stopped by {} after {} of {} replicates\n", name, done, extent_.count));
            return exit_code::signal + signal;
        }
        saver_->save();
        tell(fmt::format(
            "jiju: stopped by {} after {} of {} replicates, which are kept; to go on, give the same command "
            "again with --resume\n",
            name, done, extent_.count));
        return exit_code::stopped;
    }

    int report_giving_up() {
        if (saver_) saver_->save();
        tell(fmt::format("jiju: gave up after {} of {} replicates: {} failed, and --failures {} allows no more{}\n",
                         next_ - extent_.first, extent_.count, failures(), options_.failures,
                         parts_ ? "; what was done is kept, --resume with a larger number goes on" : ""));
        return exit_code::failed;
    }

    void tell_failures() const {
        constexpr std::size_t most_told = 5;
        std::size_t told = 0;
        for (std::size_t i = 0; i < samples_.size(); ++i)
            for (const auto& failure : samples_[i].failures()) {
                if (told++ >= most_told) continue;
                const auto where = failure.step < 0 ? "before the first step" : fmt::format("step {}", failure.step);
                tell(fmt::format("{}replicate {} failed: {}: {}\n",
                                 configs_.size() > 1 ? study_.scenarios[i].key + ": " : "", failure.replicate, where,
                                 failure.message));
            }
        if (told > most_told) tell(fmt::format("… and {} more\n", told - most_told));
    }

    void tell_speed(double seconds) const {
        const auto done = next_ - first_;
        const auto threads = plan_of(study_.first(), options_).threads;
        const auto plural = [](auto n) { return n == 1 ? "" : "s"; };
        tell(fmt::format("{} replicate{}{} in {:.2f} s, {:.1f} a second on {} thread{}\n", done, plural(done),
                         configs_.size() > 1 ? fmt::format(" of {} scenarios", configs_.size()) : "", seconds,
                         static_cast<double>(done * configs_.size()) / seconds, threads, plural(threads)));
    }

    const Study& study_;
    const CampaignOptions& options_;
    std::vector<growth::Config> configs_;
    std::unique_ptr<Precision> precision_;
    sim::Outline outline_;
    sim::Extent extent_;
    sim::FileKind kind_;
    AllSamples samples_;
    std::unique_ptr<sim::Parts> parts_;
    std::unique_ptr<sim::Saver> saver_;
    std::size_t first_ = 0, next_ = 0;  // replicates of this call: where it began, and what comes next
    bool interrupted_ = false, gave_up_ = false;
};

}  // namespace

std::vector<sim::Override> overrides_of(const CampaignOptions& options) {
    auto overrides = overrides_of(options.settings);
    if (options.replicates) overrides.push_back({"scenario.replicates", std::to_string(*options.replicates)});
    if (options.replicates_per_world)
        overrides.push_back({"scenario.replicates_per_world", std::to_string(*options.replicates_per_world)});
    if (options.seed) overrides.push_back({"scenario.seed", std::to_string(*options.seed)});
    if (options.detail) overrides.push_back({"record.detail", sim::in_quotes(*options.detail)});
    if (options.panels) overrides.push_back({"record.panels", std::to_string(*options.panels)});
    if (options.outputs) {
        std::string list;
        for (std::size_t from = 0; from <= options.outputs->size();) {
            const auto to = std::min(options.outputs->find(',', from), options.outputs->size());
            list += (list.empty() ? "" : ", ") + sim::in_quotes(options.outputs->substr(from, to - from));
            from = to + 1;
        }
        overrides.push_back({"record.outputs", "[" + list + "]"});
    }
    return overrides;
}

int carry_out(const Study& study, const CampaignOptions& options) {
    growth::kernel();  // an instruction set that cannot run is no fault of a replicate
    check_options(options);
    static_cast<void>(most_failures(options.failures));
    if (options.dry_run) return foretell(study, options);
    const Interruption interruption;
    return Campaign(study, options).carry_out();
}

std::vector<Summary> summarise(const Study& study, const AllSamples& samples, const Maker& maker) {
    std::vector<Summary> summaries;
    for (std::size_t i = 0; i < study.scenarios.size(); ++i) {
        const auto& [path, key, config, design] = study.scenarios[i];
        summaries.push_back(summarise(key, config, sim::sha256(effective_scenario(config)), samples[i], maker));
    }
    return summaries;
}

}  // namespace jiju
