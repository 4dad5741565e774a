#include "study/verification.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <random>
#include <span>

#include <fmt/format.h>

#include "models/growth/kernel.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/model.hpp"
#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/comparison.hpp"
#include "sim/output/finished.hpp"
#include "sim/output/quarantine.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/statistics/stopping.hpp"
#include "study/campaign.hpp"
#include "study/firm_file.hpp"
#include "study/from_file.hpp"
#include "study/outline.hpp"
#include "study/precision.hpp"
#include "study/rewriter.hpp"

namespace jiju {
namespace {

bool same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

// What a file says of the program that made it is nothing that its scenarios could contradict.
sim::Outline outline_as_by(const sim::ResultsReader& reader, const Study& study) {
    auto outline = outline_of(study, stopping_rule_of(reader));
    auto layout = outline.layout;
    for (auto& [name, value] : layout.attributes) {
        for (const auto* of_build : {"software_version", "git_sha1", "compiler", "build_flags"})
            if (name == of_build) value = reader.text(name);
        if (name == "git_dirty") value = static_cast<std::int64_t>(reader.integers(name)[0] != 0);
    }
    return {std::move(layout), outline.recording, outline.planned, outline.texts};
}

sim::Extent extent_of(const sim::ResultsReader& reader, std::size_t planned) {
    const auto numbers = reader.read_integers("replicate");
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (numbers[i] < 0 || numbers[i] != numbers[0] + static_cast<std::int64_t>(i))
            throw sim::FileError(sim::translated("replicates are not numbered one after another"));
    if (numbers.empty()) throw sim::FileError(sim::translated("there is no replicate"));
    return {static_cast<std::size_t>(numbers[0]), numbers.size(), planned};
}

std::string target_fault(bool reached, const std::string& scenario, std::size_t replicate, const std::string& target,
                         double value) {
    return reached ? sim::translated("scenario {}, replicate {}: {} = {} is met, but the file says otherwise", scenario,
                                     replicate, target, value)
                   : sim::translated("scenario {}, replicate {}: {} = {} is not met, but the file says otherwise",
                                     scenario, replicate, target, value);
}

std::string others(std::size_t more) {
    return more == 0 ? std::string() : sim::translated("; {} more differences", more);
}

class Verification {
public:
    Verification(const std::string& file, const Replayed& replayed) : file_(file), replayed_(replayed) {}

    std::vector<Finding> findings() {
        if (!open()) return findings_;
        attempt("scenarios", sim::translated("are such as this program writes, and the file has no others"),
                [&] { rebuild(); });
        if (!all_hold()) return findings_;
        for (std::size_t i = 0; replayed_.sample > 0 && i < study_.scenarios.size(); ++i)
            require_firms(study_.scenarios.config(i), file_);
        if (replays_all()) {
            compare_with_replay();
        } else {
            compare_with_itself();
            if (holds("layout")) replay_sample();
        }
        if (!all_hold()) return findings_;
        attempt("targets", sim::translated("met exactly where the value reaches the target"), [&] { check_targets(); });
        attempt("run", sim::translated("as many replicates as its scenarios or its stopping rule ask for"),
                [&] { check_run(); });
        return findings_;
    }

private:
    void check(const std::string& name, const std::string& detail, bool holds = true) {
        findings_.push_back({name, holds, detail});
    }
    [[nodiscard]] bool all_hold() const {
        return std::all_of(findings_.begin(), findings_.end(), [](const Finding& one) { return one.holds; });
    }
    [[nodiscard]] bool holds(const std::string& check) const {
        return std::all_of(findings_.begin(), findings_.end(),
                           [&](const Finding& one) { return one.holds || one.check != check; });
    }
    void attempt(const std::string& name, const std::string& detail, auto&& call) {
        try {
            call();
            check(name, detail);
        } catch (const std::exception& error) {  // a forged file can make any assumption untrue
            check(name, error.what(), false);
        }
    }
    [[noreturn]] void refuse(const std::string& why) const { throw sim::FileError(why); }

    // FileError where it is no such file; a damaged one is a finding.
    bool open() {
        try {
            reader_.emplace(file_);
        } catch (const sim::DamagedError& error) {
            check("digest", error.what(), false);
            return false;
        }
        check("format", sim::translated("opened: format, filters, links and sizes are those of a results file"));
        check("digest",
              reader_->is_sealed()
                  ? sim::translated("the seal is whole, digests recomputed from all that the file holds")
                  : sim::translated("the same data, rewritten by {}: no seal, digests recomputed from all that "
                                    "the file holds",
                                    rewriter_of(*reader_)));
        return true;
    }

    void rebuild() {
        study_ = study_of(*reader_);
        check_alike(study_);
        outline_ = std::make_unique<sim::Outline>(outline_as_by(*reader_, study_));
        extent_ = extent_of(*reader_, outline_->planned);
        const auto keys = reader_->keys("scenario");
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (study_.scenarios.key(i) != keys[i]) refuse(sim::translated("scenarios stand in two orders"));
    }

    [[nodiscard]] bool replays_all() const { return replayed_.sample >= extent_.count; }

    // Everything but the values of replicates is composed again from the scenarios and those values.
    void compare_with_itself() {
        sim::FileComparison comparison(file_, {.is_sealed = reader_->is_sealed(), .rows = false});
        const auto compose = [&] {
            sim::ResultsComposer composer(*outline_, extent_, sim::FileKind::results, comparison);
            sim::for_each_block(*reader_, *outline_, extent_, [&](const sim::Block& block) { composer.write(block); });
            composer.finish();
            comparison.finish();
        };
        report(comparison, compose);
    }

    void compare_with_replay() {
        sim::FileComparison comparison(file_, {.is_sealed = reader_->is_sealed(), .rows = true});
        const auto compose = [&] {
            growth::kernel();
            sim::ResultsComposer composer(*outline_, extent_, sim::FileKind::results, comparison);
            replay(extent_.first, extent_.count, [&](const sim::Block& block) { composer.write(block); });
            composer.finish();
            comparison.finish();
        };
        report(comparison, compose);
        if (all_hold())
            check("replicates", sim::translated("all {} replayed, every number has the same bits", extent_.count));
    }

    void report(const sim::FileComparison& comparison, auto&& compose) {
        const auto raise = [&](bool of_statistics) {
            std::string first;
            std::size_t count = 0;
            for (const auto& [variable, what, is_of_values] : comparison.differences()) {
                if ((variable.ends_with("_statistics") && is_of_values) != of_statistics) continue;
                if (count++ < 3) first += (first.empty() ? "" : "; ") + what;
            }
            if (count > 0) refuse(first + others(count - std::min<std::size_t>(count, 3)) + other_build());
        };
        attempt("layout", sim::translated("every name, order, dimension, label and attribute is that of its scenarios"),
                [&] {
                    compose();
                    raise(false);
                });
        attempt("statistics", sim::translated("all of them, quantiles too, are those of the replicates"),
                [&] { raise(true); });
    }

    // Blocks of consecutive replicates, as many at once as fit into some megabytes.
    void replay(std::size_t first, std::size_t count, auto&& use) const {
        const auto configs = study_.configs();
        const auto at_once = sim::replicates_of_block(*outline_);
        for (std::size_t done = 0; done < count; done += at_once) {
            sim::Collector collector(outline_->view, configs.size(), outline_->layout.panel.size(), first + done);
            sim::Plan plan = plan_of(configs.front(), CampaignOptions{});
            plan.first_replicate = first + done;
            plan.replicates = std::min(at_once, count - done);
            plan.panels = outline_->recording.panels;
            static_cast<void>(
                sim::run_ensemble<growth::Growth>(std::span<const growth::Config>(configs), plan, collector));
            use(collector.take());
        }
    }

    // Numbers of the replicates that are replayed.
    [[nodiscard]] std::vector<std::size_t> sample() const {
        std::vector<std::size_t> all(extent_.count), drawn;
        std::iota(all.begin(), all.end(), extent_.first);
        std::mt19937_64 generator(replayed_.seed);
        std::sample(all.begin(), all.end(), std::back_inserter(drawn), static_cast<std::ptrdiff_t>(replayed_.sample),
                    generator);
        return drawn;
    }

    void replay_sample() {
        const auto replicates = sample();
        if (replicates.empty()) return;
        growth::kernel();
        sim::Block of_file;
        attempt("panels", sim::translated("are of the replicates that the scenarios name"), [&] {
            sim::read_rest(*reader_, *outline_, extent_, of_file);
            check_panel_replicates(of_file);
        });
        for (const auto replicate : replicates)
            attempt(sim::translated("replicate {}", replicate),
                    sim::translated("replayed, every kept value has the same bits"),
                    [&] { replay(replicate, 1, [&](const sim::Block& block) { compare(block, of_file); }); });
    }

    void check_panel_replicates(const sim::Block& file) const {
        for (const double replicate : file.panel_replicate)
            if (!(replicate >= static_cast<double>(extent_.first)) ||
                !(replicate < static_cast<double>(std::min(extent_.end(), outline_->recording.panels))))
                refuse(sim::translated("firms of replicate {} are stored, and the run keeps none", replicate));
    }

    // One replicate.
    void compare(const sim::Block& block, const sim::Block& file) const {
        std::size_t differing = 0;
        std::string first;
        const auto differ = [&](const std::string& where, double stored, double found) {
            if (same_bits(stored, found)) return;
            if (differing++ == 0)
                first = sim::translated("{}: the file has {}, the replay gives {}", where, stored, found);
        };
        const auto stored = sim::read_rows(*reader_, *outline_, block.first - extent_.first, 1);
        for (std::size_t scenario = 0; scenario < block.rows.size(); ++scenario) {
            std::size_t at = 0;
            for (const auto& variable : outline_->view.kept())
                for (auto left = sim::row_length(outline_->view.axes(), variable); left > 0; --left, ++at)
                    differ(sim::translated("scenario {}, '{}'", study_.scenarios.key(scenario), variable.name),
                           stored[scenario][at], block.rows[scenario][at]);
        }
        compare_panel(block, file, differ);
        compare_failures(block, file);
        if (differing > 0) refuse(sim::translated("{} of its values differ; {}{}", differing, first, other_build()));
    }

    void compare_panel(const sim::Block& block, const sim::Block& file, auto&& differ) const {
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < file.panel_replicate.size(); ++i)
            if (file.panel_replicate[i] == static_cast<double>(block.first)) places.push_back(i);
        if (places.size() != block.panel_replicate.size())
            refuse(sim::translated("{} observations of firms are stored, the replay has {}", places.size(),
                                   block.panel_replicate.size()));
        for (std::size_t i = 0; i < places.size(); ++i) {
            differ("'panel_scenario'", file.panel_scenario.at(places[i]), block.panel_scenario[i]);
            for (std::size_t column = 0; column < block.panel.size(); ++column)
                differ(fmt::format("'{}'", outline_->layout.panel[column].name), file.panel[column].at(places[i]),
                       block.panel[column][i]);
        }
    }

    void compare_failures(const sim::Block& block, const sim::Block& file) const {
        std::vector<sim::Failure> stored;
        for (const auto& failure : file.failures)
            if (failure.replicate == block.first) stored.push_back(failure);
        const auto same = [](const sim::Failure& a, const sim::Failure& b) {
            return a.scenario == b.scenario && a.step == b.step && a.message == b.message;
        };
        if (!std::equal(stored.begin(), stored.end(), block.failures.begin(), block.failures.end(), same))
            refuse(sim::translated("its failures are not those of the replay"));
    }

    void check_targets() const {
        for (std::size_t scenario = 0; scenario < study_.scenarios.size(); ++scenario) {
            const auto targets = study_.scenarios.config(scenario).targets;
            if (targets.empty()) continue;
            const auto values = reader_->read_rows("target_value", scenario, 0, extent_.count);
            const auto met = reader_->read_rows("target_met", scenario, 0, extent_.count);
            if (values.size() != met.size() || values.size() != extent_.count * targets.size())
                refuse(sim::translated("targets are not those of the scenarios"));
            for (std::size_t i = 0; i < values.size(); ++i) {
                const auto& target = targets[i % targets.size()];
                const bool reached = growth::is_met(target, values[i]);
                if (!std::isnan(met[i]) && reached != (met[i] > 0))
                    refuse(target_fault(reached, study_.scenarios.key(scenario), extent_.first + i / targets.size(),
                                        target.key, values[i]));
            }
        }
    }

    // A run has all its replicates, a replay one, and a run with a rule as many as the rule asked for.
    void check_run() const {
        const auto rule = stopping_rule_of(*reader_);
        const bool is_whole = extent_.first == 0 && extent_.count == extent_.planned;
        const bool is_replay = extent_.count == 1 && extent_.end() == extent_.planned;
        if (rule.empty() && !is_whole && !is_replay)
            refuse(sim::translated("holds {} replicates from {} on, but its scenarios ask for {}", extent_.count,
                                   extent_.first, extent_.planned));
        if (rule.empty()) return;
        const Precision precision(rule.substr(0, rule.find(": ")), study_.first());
        if (precision.text() != rule) refuse(sim::translated("its stopping rule is none that this program writes"));
        if (extent_.first != 0) refuse(sim::translated("a run with a stopping rule starts with replicate 0"));
        for (auto look = sim::look_after(0); look <= extent_.count; look = sim::look_after(look))
            if (look < extent_.count && precision.is_reached(samples_of(*reader_, study_, look)))
                refuse(sim::translated("by its stopping rule it would have ended after {} replicates", look));
        const bool at_look = sim::look_after(extent_.count - 1) == extent_.count;
        if (!is_whole && !(at_look && precision.is_reached(samples_of(*reader_, study_, extent_.count))))
            refuse(sim::translated("ends after {} replicates, where its stopping rule does not hold", extent_.count));
    }

    [[nodiscard]] std::string other_build() const {
        const auto build = this_build();
        if (reader_->text("git_sha1") == build.commit) return "";
        return sim::translated(" (the file was made by jiju {} {:.12}, this is {} {:.12})",
                               reader_->text("software_version"), reader_->text("git_sha1"), build.software_version,
                               build.commit);
    }

    const std::string& file_;
    Replayed replayed_;
    std::optional<sim::ResultsReader> reader_;
    Study study_;
    std::unique_ptr<sim::Outline> outline_;
    sim::Extent extent_;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> verification(const std::string& file, const Replayed& replayed) {
    return Verification(file, replayed).findings();
}

}  // namespace jiju
