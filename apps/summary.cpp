// The statistics of the table of targets.
#include "apps/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

#include "sim/output/provenance.hpp"
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

TargetSummary summarise(const growth::Target& target, const Samples& samples, std::size_t i) {
    const double median = samples.quantile(i, 0.5);
    return {target,
            samples.quantile(i, 0.05),
            median,
            samples.quantile(i, 0.95),
            target.value > 0 ? median / target.value - 1 : nothing,
            sim::probability_of(samples.met(i), samples.succeeded())};
}

// Where a variable's values begin in the row that a file keeps of a replicate.
std::size_t place_of(const std::string& name, const sim::View& view) {
    std::size_t place = 0;
    for (const auto& variable : view.kept()) {
        if (variable.name == name) return place;
        place += sim::row_length(view.axes(), variable);
    }
    throw std::logic_error("no file is without '" + name + "'");
}

}  // namespace

Samples::Samples(std::size_t targets) : quantiles_(targets, 13, 10'000), moments_(targets), met_(targets, 0) {}

void Samples::add(std::span<const double> values, std::span<const double> met) {
    quantiles_.add(values);
    moments_.add(values);
    for (std::size_t i = 0; i < met_.size(); ++i) met_[i] += met[i] > 0;
    ++succeeded_;
}

double Samples::quantile(std::size_t target, double probability) const {
    return quantiles_.quantile(target, probability);
}

void AllSamples::write(std::size_t scenario, std::size_t /*replicate*/, const growth::Record& record,
                       const sim::Panel& /*panel*/) {
    std::vector<double> values, met;
    for (std::size_t i = 0; i < record.targets.size(); ++i) {
        const auto [value, is_met] = record.targets.at(i);
        values.push_back(value);
        met.push_back(is_met);
    }
    samples_[scenario].add(values, met);
}

void AllSamples::add(const sim::Block& block, const sim::View& view) {
    const auto values = place_of("target_value", view), met = place_of("target_met", view);
    const auto targets = met - values;
    std::set<std::pair<std::size_t, std::size_t>> failed;
    for (const auto& failure : block.failures) {
        failed.emplace(failure.scenario, failure.replicate);
        samples_[failure.scenario].add_failure(failure);
    }
    for (std::size_t scenario = 0; scenario < samples_.size(); ++scenario)
        for (std::size_t i = 0; i < block.count; ++i) {
            if (failed.contains({scenario, block.first + i})) continue;
            const auto row = std::span(block.rows[scenario]).subspan(i * view.kept_length(), view.kept_length());
            samples_[scenario].add(row.subspan(values, targets), row.subspan(met, targets));
        }
}

Maker this_build() {
    const auto build = sim::build();
    return {std::string(build.version), std::string(build.commit)};
}

Summary summarise(const std::string& key, const growth::Config& config, const std::string& sha256,
                  const Samples& samples, const Maker& maker) {
    Summary summary{
        key, config.scenario, sha256, maker, samples.succeeded() + samples.failures().size(), samples.failures(), {}};
    for (std::size_t i = 0; i < config.targets.size(); ++i)
        summary.targets.push_back(summarise(config.targets[i], samples, i));
    std::stable_sort(summary.targets.begin(), summary.targets.end(), lags_more);
    return summary;
}

}  // namespace jiju
