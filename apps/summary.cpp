// The statistics of the table of targets.
#include "apps/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "sim/statistics/quantiles.hpp"

namespace jiju {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// Largest gap first; where gaps are equal the less likely, then the plan's order. What has no gap comes last.
bool lags_more(const TargetSummary& a, const TargetSummary& b) {
    if (std::isnan(a.gap) || std::isnan(b.gap)) return !std::isnan(a.gap) && std::isnan(b.gap);
    if (a.gap != b.gap) return a.gap < b.gap;
    return a.probability.share < b.probability.share;
}

TargetSummary summarise(const growth::Target& target, std::vector<double> values, std::size_t met) {
    std::sort(values.begin(), values.end());
    const double median = sim::quantile_of_sorted(values, 0.5);
    return {target,
            sim::quantile_of_sorted(values, 0.05),
            median,
            sim::quantile_of_sorted(values, 0.95),
            target.value > 0 ? median / target.value - 1 : nothing,
            sim::probability_of(met, values.size())};
}

}  // namespace

void Samples::write(std::size_t /*replicate*/, const growth::Record& record) {
    std::vector<double> values, met;
    for (std::size_t i = 0; i < record.targets.size(); ++i) {
        const auto [value, is_met] = record.targets.at(i);
        values.push_back(value);
        met.push_back(is_met);
    }
    add(values, met);
}

void Samples::fail(std::size_t replicate, int step, const std::string& message) {
    const auto when = step < 0 ? std::string("before the first step") : fmt::format("step {}", step);
    add_failure({replicate, fmt::format("{}: {}", when, message)});  // as the results file words it
}

void Samples::add(std::span<const double> values, std::span<const double> met) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
        values_[i].push_back(values[i]);
        met_[i] += met[i] > 0;
    }
    ++succeeded_;
}

Summary summarise(const growth::Config& config, const Samples& samples, const Maker& maker) {
    Summary summary{config.scenario,
                    maker.scenario_sha256,
                    maker.software_version,
                    maker.commit,
                    samples.succeeded() + samples.failures().size(),
                    samples.failures(),
                    {}};
    for (std::size_t i = 0; i < config.targets.size(); ++i)
        summary.targets.push_back(summarise(config.targets[i], samples.values(i), samples.met(i)));
    std::stable_sort(summary.targets.begin(), summary.targets.end(), lags_more);
    return summary;
}

}  // namespace jiju
