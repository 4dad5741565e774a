// What a run says of the plan's targets: the range of each, its probability, and how far the median is away.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "models/growth/config.hpp"
#include "models/growth/records.hpp"
#include "sim/output/reader.hpp"
#include "sim/statistics/intervals.hpp"

namespace jiju {

struct Failed {
    std::size_t replicate;
    std::string cause;
};

// Values of the targets, replicate by replicate: a sink of an ensemble, or filled from a results file.
class Samples {
public:
    explicit Samples(std::size_t targets) : values_(targets), met_(targets, 0) {}

    void write(std::size_t replicate, const growth::Record& record);
    void fail(std::size_t replicate, int step, const std::string& message);

    // One number a target; `met` is 1 or 0.
    void add(std::span<const double> values, std::span<const double> met);
    void add_failure(Failed failed) { failures_.push_back(std::move(failed)); }

    [[nodiscard]] const std::vector<double>& values(std::size_t target) const { return values_[target]; }
    [[nodiscard]] std::size_t met(std::size_t target) const { return met_[target]; }
    [[nodiscard]] std::size_t succeeded() const { return succeeded_; }
    [[nodiscard]] const std::vector<Failed>& failures() const { return failures_; }

private:
    std::vector<std::vector<double>> values_;
    std::vector<std::size_t> met_;
    std::size_t succeeded_ = 0;
    std::vector<Failed> failures_;
};

struct TargetSummary {
    growth::Target target;
    double low, median, high;  // 5, 50 and 95 %
    double gap;                // of the median, as a share of the target's value; below zero it falls short
    sim::Probability probability;
};

struct Summary {
    growth::General scenario;
    std::string scenario_sha256;
    std::string software_version;
    std::string commit;
    std::size_t replicates;
    std::vector<Failed> failures;
    std::vector<TargetSummary> targets;  // the largest gap first
};

// Who made the numbers: this build, or the one a results file names.
struct Maker {
    std::string scenario_sha256;
    std::string software_version;
    std::string commit;
};
[[nodiscard]] Summary summarise(const growth::Config& config, const Samples& samples, const Maker& maker);

[[nodiscard]] std::string to_text(const Summary& summary, sim::Language language, std::size_t width);
[[nodiscard]] nlohmann::ordered_json to_json(const Summary& summary);

// For standard output: the table, or the same as JSON.
[[nodiscard]] std::string shown(const Summary& summary, sim::Language language, bool as_json);

// JSON as this program prints it.
[[nodiscard]] std::string dump(const nlohmann::ordered_json& json);

}  // namespace jiju
