// What a run says of the plan's targets: the range of each, its probability, and how far the median is away.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "models/growth/config.hpp"
#include "models/growth/records.hpp"
#include "sim/output/reader.hpp"
#include "sim/output/view.hpp"
#include "sim/statistics/intervals.hpp"
#include "sim/statistics/moments.hpp"
#include "sim/statistics/quantiles.hpp"

namespace jiju {

// Values of one scenario's targets over replicates, in memory that does not grow with their number.
class Samples {
public:
    explicit Samples(std::size_t targets);

    // One number a target; `met` is 1 or 0.
    void add(std::span<const double> values, std::span<const double> met);
    void add_failure(sim::Failure failure) { failures_.push_back(std::move(failure)); }

    // Exact up to ten thousand replicates, beyond that to a ten-thousandth of its size.
    [[nodiscard]] double quantile(std::size_t target, double probability) const;
    [[nodiscard]] double mean(std::size_t target) const { return moments_.mean()[target]; }
    [[nodiscard]] double standard_deviation(std::size_t target) const { return moments_.standard_deviation()[target]; }
    [[nodiscard]] std::size_t met(std::size_t target) const { return met_[target]; }
    [[nodiscard]] std::size_t succeeded() const { return succeeded_; }
    [[nodiscard]] const std::vector<sim::Failure>& failures() const { return failures_; }

private:
    sim::Quantiles quantiles_;
    sim::Moments moments_;
    std::vector<std::size_t> met_;
    std::size_t succeeded_ = 0;
    std::vector<sim::Failure> failures_;
};

// One Samples a scenario: a sink of an ensemble, or filled with what a file has kept.
class AllSamples {
public:
    AllSamples(std::size_t scenarios, std::size_t targets) : samples_(scenarios, Samples(targets)) {}

    void write(std::size_t scenario, std::size_t replicate, const growth::Record& record, const sim::Panel& panel);
    void fail(const sim::Failure& failure) { samples_[failure.scenario].add_failure(failure); }
    void add(const sim::Block& block, const sim::View& view);

    [[nodiscard]] const Samples& operator[](std::size_t scenario) const { return samples_[scenario]; }
    [[nodiscard]] Samples& operator[](std::size_t scenario) { return samples_[scenario]; }
    [[nodiscard]] std::size_t size() const { return samples_.size(); }

private:
    std::vector<Samples> samples_;
};

struct TargetSummary {
    growth::Target target;
    double low, median, high;  // 5, 50 and 95 %
    double gap;                // of the median, as a share of the target's value; below zero it falls short
    sim::Probability probability;
};

// Who made the numbers: this build, or the one a results file names.
struct Maker {
    std::string software_version;
    std::string commit;
};
[[nodiscard]] Maker this_build();

struct Summary {
    std::string key;
    growth::General scenario;
    std::string scenario_sha256;
    Maker maker;
    std::size_t replicates;
    std::vector<sim::Failure> failures;
    std::vector<TargetSummary> targets;  // the largest gap first
};
[[nodiscard]] Summary summarise(const std::string& key, const growth::Config& config, const std::string& sha256,
                                const Samples& samples, const Maker& maker);

// For standard output: a table of targets for each scenario, or of many scenarios the probabilities; or all as JSON.
[[nodiscard]] std::string shown(const std::vector<Summary>& summaries, sim::Language language, bool as_json);

// JSON as this program prints it.
[[nodiscard]] std::string dump(const nlohmann::ordered_json& json);

}  // namespace jiju
