// What a run says of the plan's targets: the range of each, how likely and when it is met, how much is missing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/growth/config.hpp"
#include "models/growth/measure/comparability.hpp"
#include "models/growth/measure/records.hpp"
#include "sim/output/reader.hpp"
#include "sim/output/texts.hpp"
#include "sim/record/view.hpp"
#include "sim/statistics/clusters.hpp"
#include "sim/statistics/intervals.hpp"
#include "sim/statistics/moments.hpp"
#include "sim/statistics/quantiles.hpp"
#include "sim/statistics/variance.hpp"
#include "study/scenario.hpp"

namespace jiju {

// What one replicate says of the targets, a number a target; and of money, a number a lever.
struct TargetValues {
    static constexpr std::array<std::string_view, 6> names = {
        "target_value", "target_met", "target_year", "target_other_scope", "lever_asked_total", "lever_allotted_total"};
    static constexpr std::size_t of_targets = 4;  // the others are of levers
    std::span<const double> value, met, year, other_scope, asked, allotted;

    // `column` gives the values of an output by its name.
    static TargetValues of(auto&& column) {
        return {column(names[0]), column(names[1]), column(names[2]),
                column(names[3]), column(names[4]), column(names[5])};
    }
};

struct Range {
    double low, median, high;  // 5, 50 and 95 %
};

// What a lever asked of its purse over all years and what it was allotted: means over replicates, and how many cut it.
struct Allotment {
    double asked = 0, allotted = 0;
    std::size_t cut = 0;
};

// One scenario's targets over replicates, in memory that does not grow with their number.
class Samples {
public:
    Samples(const growth::Config& config, sim::Quantiles::Precision precision);

    void add(std::size_t replicate, const TargetValues& seen);
    void add_failure(sim::Failure failure) { failures_.push_back(std::move(failure)); }

    // Exact up to a thousand replicates, beyond that to about a thousandth of their size, which is less than chance
    // leaves open; of many scenarios up to 250, beyond that to a hundredth.
    [[nodiscard]] Range value(std::size_t target) const { return range(target); }
    [[nodiscard]] Range other_scope(std::size_t target) const { return range(targets() + target); }
    [[nodiscard]] Range year(std::size_t target) const;  // infinite where never
    [[nodiscard]] double share_never(std::size_t target) const;
    // Of the target's value: over all replicates, those that meet it counting 0.
    [[nodiscard]] double expected_shortfall(std::size_t target) const;

    // Their errors count replicates that share a draw as one cluster (sim/statistics/clusters.hpp).
    [[nodiscard]] sim::Probability met(std::size_t target) const { return probability(target); }
    [[nodiscard]] sim::Probability met_by_other_scope(std::size_t target) const;
    [[nodiscard]] sim::Probability met_together(std::size_t group) const;
    [[nodiscard]] sim::Interval interval_of_mean(std::size_t target, double level) const;
    [[nodiscard]] sim::Interval interval_of_probability(std::size_t target, double level) const;
    // Draws, or where each replicate has its own replicates, of which some met the target, and of which some did not.
    struct Outcomes {
        std::size_t met, missed;
    };
    [[nodiscard]] Outcomes outcomes(std::size_t target) const;
    // Of the target's value, between draws and within; nothing where each replicate has its own.
    [[nodiscard]] std::optional<sim::VarianceComponents> variance(std::size_t target) const;

    [[nodiscard]] Allotment allotment(std::size_t lever) const;

    [[nodiscard]] std::size_t draws() const { return draws_; }
    [[nodiscard]] std::size_t succeeded() const { return succeeded_; }
    [[nodiscard]] const std::vector<sim::Failure>& failures() const { return failures_; }

private:
    [[nodiscard]] std::size_t targets() const { return targets_.size(); }
    [[nodiscard]] Range range(std::size_t series) const;
    [[nodiscard]] sim::Probability probability(std::size_t event) const;

    sim::Rows<growth::Target> targets_;
    std::vector<std::vector<std::size_t>> groups_;  // positions of their targets
    std::int64_t start_year_, replicates_per_draw_;
    // Series, each a number a target: of quantiles the values, those by the other scope, the years; of moments the
    // values, the shortfalls. Events are the target met, met by the other scope, and then each group met together.
    sim::Quantiles quantiles_;
    sim::Moments moments_;
    std::vector<std::size_t> events_, never_;
    std::vector<Allotment> allotments_;  // sums, by lever
    // Where replicates share draws: of the values; of the values, then the events.
    std::optional<sim::GroupedVariance> variances_;
    std::optional<sim::Clusters> clusters_;
    std::optional<std::size_t> last_draw_;
    std::size_t draws_ = 0, succeeded_ = 0;
    std::vector<sim::Failure> failures_;
    std::vector<double> row_, happened_;
};

// One Samples a scenario: a sink of an ensemble, or filled with what a file has kept.
class AllSamples {
public:
    // What can be indexed for configurations.
    explicit AllSamples(const auto& scenarios) {
        constexpr std::size_t many = 100;
        using Precision = sim::Quantiles::Precision;
        const auto precision = scenarios.size() > many ? Precision{.bits = 7, .most = 256, .exact = 250}
                                                       : Precision{.bits = 12, .most = 1 << 12, .exact = 1000};
        for (std::size_t i = 0; i < scenarios.size(); ++i) samples_.emplace_back(scenarios[i], precision);
    }

    void write(std::size_t scenario, std::size_t replicate, const growth::Record& record, const sim::Panel& panel);
    void fail(const sim::Failure& failure);
    void withdraw() { coming_.clear(); }
    void add(const sim::Block& block, const sim::View& view);

    [[nodiscard]] const Samples& operator[](std::size_t scenario) const { return samples_[scenario]; }
    [[nodiscard]] Samples& operator[](std::size_t scenario) { return samples_[scenario]; }
    [[nodiscard]] std::size_t size() const { return samples_.size(); }

private:
    // A replicate that is not whole yet: by scenario what its targets say, or why it failed.
    struct Coming {
        std::array<std::vector<double>, TargetValues::names.size()> values;
        std::optional<sim::Failure> failure;
    };
    void take_in(Coming coming, std::size_t replicate);

    std::vector<Samples> samples_;
    std::vector<Coming> coming_;
};

struct Judged {
    Range value;
    double gap;  // of the median, as a share of the target's value; below zero it falls short
    sim::Probability probability;
};

struct TargetSummary {
    growth::Target target;   // with its name, also where that is made
    std::int64_t judged_in;  // the year
    Judged judged;
    std::optional<Judged> other_scope;  // where revenue is judged: by the local unit's for the group's, or the reverse
    double expected_shortfall;          // as shares of the target's value: over all replicates,
    double conditional_shortfall;       // and over those that miss it
    Range year;                         // from which it is met; infinite where never
    double share_never;
    std::optional<sim::VarianceComponents> variance;
};

struct GroupSummary {
    growth::TargetGroup group;
    std::string targets;  // as tables list them
    sim::Probability probability;
};

// A purse that could not pay all that its levers asked for.
struct ShortPurse {
    struct Row {
        std::string key, name, name_zh;
        Allotment money;
    };
    std::string key, name, name_zh;
    Allotment money;        // of all its levers
    std::vector<Row> rows;  // those that asked for something
};

// Who made the numbers: this build, or the one a results file names.
struct Maker {
    std::string software_version;
    std::string commit;
};
[[nodiscard]] Maker this_build();

// What a factor of a design is at a point, as it reads; empty where it is as in the base.
struct FactorSummary {
    std::string key, name, name_zh, label, label_zh;
    double value;  // of words and choices their position
};

struct Summary {
    std::string key;
    growth::General scenario;
    growth::Units units;
    std::string scenario_sha256;
    Maker maker;
    std::size_t replicates, draws;  // draws of which some replicate ended well: the clusters of its errors
    std::vector<sim::Failure> failures;
    std::vector<TargetSummary> targets;  // the largest gap first
    std::vector<GroupSummary> groups;
    std::vector<ShortPurse> purses;
    std::vector<growth::Warning> warnings;
    std::vector<FactorSummary> factors = {};  // where it is a point of a design
};
[[nodiscard]] Summary summarise(const std::string& key, const growth::Config& config, const std::string& sha256,
                                const Samples& samples, const Maker& maker);

// Whether replicates share draws, and these are too few to tell an error by.
[[nodiscard]] bool lacks_draws(const Summary& summary);
[[nodiscard]] std::vector<ShortPurse> short_purses(const growth::Config& config, const Samples& samples);

// A table for each scenario of a study. `texts`: the effective scenarios (study/outline.hpp).
[[nodiscard]] std::vector<Summary> summarise(const Study& study, const sim::Texts& texts, const AllSamples& samples,
                                             const Maker& maker);

}  // namespace jiju
