// `jiju verify`: whether a results file is whole, says of itself what is true, and comes out again when its own
// scenarios are played.
#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <numeric>
#include <random>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/from_file.hpp"
#include "apps/layout.hpp"
#include "apps/rewriter.hpp"
#include "apps/summary.hpp"
#include "models/growth/kernel.hpp"
#include "models/growth/model.hpp"
#include "models/growth/targets.hpp"
#include "sim/describe/errors.hpp"
#include "sim/output/statistics_table.hpp"
#include "sim/run/ensemble.hpp"

namespace jiju {
namespace {

struct Finding {
    std::string check;
    bool holds;
    std::string detail;
};

bool same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

std::uint64_t unforeseen() {
    std::random_device device;
    return device();
}

class Verification {
public:
    explicit Verification(const VerifyOptions& options)
        : options_(options),
          reader_(options.file),
          study_(study_of(reader_)),
          outline_(outline_of(study_, stopping_rule_of(reader_))),
          seed_(options.seed.value_or(unforeseen())) {}

    [[nodiscard]] std::uint64_t seed() const { return seed_; }

    std::vector<Finding> findings() {
        check("format", "opened: format, filters, links and sizes are those of a results file");
        attempt("digest", "recomputed from all values", [&] { reader_.verify_digest(); });
        if (all_hold() && !reader_.is_sealed())
            check("seal", fmt::format("none; same data, rewritten by {}", rewriter_of(reader_)));
        attempt("layout", "variables are those of the scenarios", [&] { check_layout(); });
        if (!all_hold()) return findings_;
        attempt("targets", "met exactly where the value reaches the target", [&] { check_targets(); });
        attempt("statistics", "counts, means and extremes are those of the replicates", [&] { check_statistics(); });
        replay_sample();
        return findings_;
    }

private:
    void check(const std::string& name, const std::string& detail, bool holds = true) {
        findings_.push_back({name, holds, detail});
    }
    [[nodiscard]] bool all_hold() const {
        return std::all_of(findings_.begin(), findings_.end(), [](const Finding& one) { return one.holds; });
    }
    void attempt(const std::string& name, const std::string& detail, auto&& call) {
        try {
            call();
            check(name, detail);
        } catch (const sim::FileError& error) {
            check(name, error.what(), false);
        }
    }
    [[noreturn]] void refuse(const std::string& why) const { throw sim::FileError(why); }

    void check_layout() {
        std::vector<std::string> expected;
        for (const auto& variable : outline_.view.kept()) expected.push_back(variable.name);
        auto found = reader_.variables();
        if (!reader_.is_sealed())  // other tools may keep another order
            for (auto* names : {&found, &expected}) std::sort(names->begin(), names->end());
        if (found != expected) refuse("the file does not hold the variables its scenario asks for");
        const auto numbers = reader_.read_integers("replicate");
        for (std::size_t i = 0; i < numbers.size(); ++i)
            if (numbers[i] < 0 || numbers[i] != numbers[0] + static_cast<std::int64_t>(i))
                refuse("replicates are not numbered one after another");
        first_ = numbers.empty() ? 0 : static_cast<std::size_t>(numbers[0]);
        check_worlds(numbers);
        status_ = reader_.read_integers("replicate_status");
        replicates_ = numbers.size();
        if (status_.size() != replicates_ * study_.scenarios.size()) refuse("replicates have no status each");
        std::size_t failed = 0;
        for (const auto status : status_) failed += status != 0;
        if (failed != reader_.failures().size()) refuse("failures and status do not agree");
        const auto texts = reader_.scenarios();
        const auto told = reader_.read_texts("scenario_sha256");
        for (std::size_t i = 0; i < texts.size(); ++i)
            if (sim::sha256(texts[i].toml) != told[i])
                refuse(fmt::format("scenario {} is not the text its digest tells of", texts[i].key));
    }

    void check_worlds(const std::vector<std::int64_t>& replicates) const {
        const auto size = study_.first().scenario.replicates_per_world;
        if (size == 1) return;
        const auto worlds = reader_.read_integers("world");
        for (std::size_t i = 0; i < replicates.size(); ++i)
            if (worlds.size() != replicates.size() || worlds[i] != replicates[i] / size)
                refuse(fmt::format("its worlds are not those of {} replicates each", size));
    }

    void check_targets() {
        for (std::size_t scenario = 0; scenario < study_.scenarios.size(); ++scenario) {
            const auto& targets = study_.scenarios[scenario].config.targets;
            const auto values = reader_.read_rows("target_value", scenario, 0, replicates_);
            const auto met = reader_.read_rows("target_met", scenario, 0, replicates_);
            for (std::size_t i = 0; i < values.size(); ++i) {
                const auto& target = targets[i % targets.size()];
                const bool reached = growth::is_met(target, values[i]);
                if (!std::isnan(met[i]) && reached != (met[i] > 0))
                    refuse(fmt::format("scenario {}, replicate {}: {} = {} is {} met, but the file says otherwise",
                                       study_.scenarios[scenario].key, i / targets.size(), target.key, values[i],
                                       reached ? "" : "not"));
            }
        }
    }

    // Outcomes have their replicates in every file; yearly values in some. One pass in the order of replicates.
    void check_statistics() {
        const auto series = outline_.view.yearly_length();
        for (std::size_t scenario = 0; scenario < study_.scenarios.size(); ++scenario) {
            std::size_t at = 0;
            for (const auto& variable : outline_.view.yearly()) {
                const auto row = sim::row_length(outline_.view.axes(), variable);
                check_statistics_of(scenario, variable, row);
                at += row;
            }
            if (at != series) refuse("statistics are incomplete");
        }
    }

    void check_statistics_of(std::size_t scenario, const sim::Variable& variable, std::size_t row) {
        const auto& kept = outline_.view.kept();
        const auto same = [&](const sim::Variable& one) {
            return one.name == variable.name && one.dims == variable.dims;
        };
        if (std::none_of(kept.begin(), kept.end(), same)) return;  // its replicates are not kept in this form
        constexpr std::size_t at_once = 1000;
        sim::Moments moments(row, first_);
        for (std::size_t first = 0; first < replicates_; first += at_once) {
            const auto count = std::min(at_once, replicates_ - first);
            const auto values = reader_.read_rows(variable.name, scenario, first, count);
            for (std::size_t i = 0; i < count; ++i)
                if (status_[scenario * replicates_ + first + i] != 0)
                    moments.add_missing();
                else
                    moments.add(std::span(values).subspan(i * row, row));
        }
        const auto told = reader_.read(variable.name + "_statistics").values;
        const auto statistic = [&](std::string_view name, std::size_t i) {
            const auto which = std::find(sim::statistic_names.begin(), sim::statistic_names.end(), name);
            const auto position = static_cast<std::size_t>(which - sim::statistic_names.begin());
            return told[(scenario * sim::statistic_names.size() + position) * row + i];
        };
        const auto mean = moments.mean(), deviation = moments.standard_deviation(), minimum = moments.minimum(),
                   maximum = moments.maximum();
        const auto counted = moments.count();
        for (std::size_t i = 0; i < row; ++i)
            if (!same_bits(statistic("mean", i), mean[i]) || !same_bits(statistic("sd", i), deviation[i]) ||
                !same_bits(statistic("min", i), minimum[i]) || !same_bits(statistic("max", i), maximum[i]) ||
                statistic("count", i) != static_cast<double>(counted[i]))
                refuse(fmt::format("scenario {}: the statistics of '{}' are not those of its replicates",
                                   study_.scenarios[scenario].key, variable.name));
    }

    // Places of the replicates that are played again. Whoever made the file must not be able to foresee them, not even
    // from the file.
    [[nodiscard]] std::vector<std::size_t> sample() const {
        std::vector<std::size_t> all(replicates_), drawn;
        std::iota(all.begin(), all.end(), 0);
        std::mt19937_64 generator(seed_);
        std::sample(all.begin(), all.end(), std::back_inserter(drawn), options_.sample, generator);
        return drawn;
    }

    void replay_sample() {
        const auto replicates = sample();
        if (replicates.empty()) return;
        growth::kernel();
        const auto configs = study_.configs();
        for (const auto replicate : replicates)
            attempt(fmt::format("replicate {}", first_ + replicate), "played again, every kept value has the same bits",
                    [&] {
                        sim::Collector collector(outline_.view, configs.size(), outline_.layout.panel.size(),
                                                 first_ + replicate);
                        const sim::Plan plan{.seed = std::stoull(reader_.text("seed")),
                                             .first_replicate = first_ + replicate};
                        static_cast<void>(sim::run_ensemble<growth::Growth>(std::span<const growth::Config>(configs),
                                                                            plan, collector));
                        compare(replicate, collector.block());
                    });
    }

    // `replicate` counts from the file's first.
    void compare(std::size_t replicate, const sim::Block& block) const {
        std::size_t differing = 0;
        std::string first;
        for (std::size_t scenario = 0; scenario < block.rows.size(); ++scenario) {
            std::size_t at = 0;
            for (const auto& variable : outline_.view.kept()) {
                for (const double told : reader_.read_rows(variable.name, scenario, replicate, 1)) {
                    const double found = block.rows[scenario][at++];
                    if (same_bits(told, found)) continue;
                    if (differing++ == 0)
                        first = fmt::format("scenario {}, '{}': the file has {}, playing it again gives {}",
                                            study_.scenarios[scenario].key, variable.name, told, found);
                }
            }
        }
        if (differing == 0) return;
        const auto build = this_build();
        const bool other = reader_.text("git_sha1") != build.commit;
        refuse(fmt::format("{} of its values differ; {}{}", differing, first,
                           other ? fmt::format(" (the file was made by jiju {} {:.12}, this is {} {:.12})",
                                               reader_.text("software_version"), reader_.text("git_sha1"),
                                               build.software_version, build.commit)
                                 : ""));
    }

    const VerifyOptions& options_;
    sim::ResultsReader reader_;
    Study study_;
    sim::Outline outline_;
    std::uint64_t seed_;
    std::vector<std::int64_t> status_;
    std::size_t first_ = 0, replicates_ = 0;
    std::vector<Finding> findings_;
};

}  // namespace

int verify(const VerifyOptions& options) {
    Verification verification(options);
    const auto findings = verification.findings();
    const bool holds = std::all_of(findings.begin(), findings.end(), [](const Finding& one) { return one.holds; });
    if (options.json) {
        nlohmann::ordered_json json{{"format", "jiju verification"}, {"version", 1}, {"file", options.file}};
        json["sample_seed"] = verification.seed();
        json["holds"] = holds;
        for (const auto& one : findings)
            json["checks"].push_back({{"check", one.check}, {"holds", one.holds}, {"detail", one.detail}});
        print(dump(json));
    } else {
        std::string text;
        for (const auto& one : findings)
            text += fmt::format("{} {}: {}\n", one.holds ? "ok    " : "FAILED", one.check, one.detail);
        if (options.sample > 0) text += fmt::format("the same replicates again: --seed {}\n", verification.seed());
        print(text + fmt::format("{}: {}\n", options.file, holds ? "verified" : "NOT VERIFIED"));
    }
    return holds ? exit_code::ok : exit_code::unlike;
}

}  // namespace jiju
