// The statistics of the table of targets.
#include "study/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "models/growth/measure/labels.hpp"
#include "models/growth/measure/targets.hpp"
#include "sim/output/digest.hpp"
#include "sim/output/provenance.hpp"
#include "study/layout.hpp"

namespace jiju {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// Largest gap first; where gaps are equal the less likely, then the plan's order. What has no gap comes last.
bool lags_more(const TargetSummary& a, const TargetSummary& b) {
    if (std::isnan(a.judged.gap) || std::isnan(b.judged.gap))
        return !std::isnan(a.judged.gap) && std::isnan(b.judged.gap);
    if (a.judged.gap != b.judged.gap) return a.judged.gap < b.judged.gap;
    return a.judged.probability.share < b.judged.probability.share;
}

Judged judged(const growth::Target& target, const Range& value, const sim::Probability& probability) {
    return {value, target.value > 0 ? value.median / target.value - 1 : nothing, probability};
}

TargetSummary summarise(const growth::Target& target, std::int64_t last_year, const Samples& samples, std::size_t i) {
    const auto probability = samples.met(i);
    const double shortfall = samples.expected_shortfall(i);
    TargetSummary summary{target,
                          growth::year_of(target, last_year),
                          judged(target, samples.value(i), probability),
                          std::nullopt,
                          shortfall,
                          probability.share < 1 ? shortfall / (1 - probability.share) : nothing,
                          samples.year(i),
                          samples.share_never(i),
                          samples.variance(i)};
    if (growth::counts_revenue(target))
        summary.other_scope = judged(target, samples.other_scope(i), samples.met_by_other_scope(i));
    return summary;
}

// Rounding does not count: a step's share of what was asked is multiplied and divided before it is added up.
bool is_short(double asked, double allotted) {
    return asked - allotted > 1e-9 * asked;
}

// Where a variable's values begin in the row that a file keeps of a replicate, and how many they are: none where a
// scenario has no target, or no lever.
std::pair<std::size_t, std::size_t> place_of(std::string_view name, const sim::View& view) {
    std::size_t place = 0;
    for (const auto& variable : view.kept()) {
        const auto length = sim::row_length(view.axes(), variable);
        if (variable.name == name) return {place, length};
        place += length;
    }
    return {place, 0};
}

}  // namespace

Samples::Samples(const growth::Config& config, sim::Quantiles::Precision precision)
    : targets_(config.targets),
      start_year_(config.scenario.start_year),
      replicates_per_draw_(config.scenario.replicates_per_draw),
      quantiles_(3 * targets(), precision),
      moments_(2 * targets()),
      events_(2 * targets() + config.target_groups.size(), 0),
      never_(targets(), 0),
      allotments_(config.levers.size()) {
    for (const auto& group : config.target_groups) {
        groups_.emplace_back();
        for (std::size_t i = 0; i < targets(); ++i)
            if (growth::holds(group, targets_[i].key)) groups_.back().push_back(i);
    }
    if (replicates_per_draw_ == 1) return;
    variances_.emplace(targets());
    clusters_.emplace(targets() + events_.size());
}

void Samples::add(std::size_t replicate, const TargetValues& seen) {
    row_.assign(seen.value.begin(), seen.value.end());
    row_.insert(row_.end(), seen.other_scope.begin(), seen.other_scope.end());
    for (const double year : seen.year) row_.push_back(year - static_cast<double>(start_year_));
    quantiles_.add(row_);
    row_.assign(seen.value.begin(), seen.value.end());
    for (std::size_t i = 0; i < targets(); ++i) row_.push_back(growth::shortfall(targets_[i], seen.value[i]));
    moments_.add(row_);

    happened_.assign(seen.met.begin(), seen.met.end());
    for (std::size_t i = 0; i < targets(); ++i)
        happened_.push_back(growth::is_met(targets_[i], seen.other_scope[i]) ? 1 : 0);
    for (const auto& group : groups_)
        happened_.push_back(std::all_of(group.begin(), group.end(), [&](auto i) { return seen.met[i] > 0; }) ? 1 : 0);
    for (std::size_t i = 0; i < events_.size(); ++i) events_[i] += happened_[i] > 0;
    for (std::size_t i = 0; i < never_.size(); ++i) never_[i] += std::isinf(seen.year[i]);
    for (std::size_t k = 0; k < allotments_.size(); ++k) {
        auto& [asked, allotted, cut] = allotments_[k];
        asked += seen.asked[k];
        allotted += seen.allotted[k];
        cut += is_short(seen.asked[k], seen.allotted[k]);
    }
    ++succeeded_;
    const auto draw = replicate / static_cast<std::size_t>(replicates_per_draw_);
    draws_ += last_draw_ != draw;
    last_draw_ = draw;
    if (!clusters_) return;
    variances_->add(draw, seen.value);
    row_.assign(seen.value.begin(), seen.value.end());
    row_.insert(row_.end(), happened_.begin(), happened_.end());
    clusters_->add(draw, row_);
}

Allotment Samples::allotment(std::size_t lever) const {
    const auto& [asked, allotted, cut] = allotments_[lever];
    const auto n = static_cast<double>(std::max<std::size_t>(succeeded_, 1));
    return {asked / n, allotted / n, cut};
}

Range Samples::range(std::size_t series) const {
    return {quantiles_.quantile(series, 0.05), quantiles_.quantile(series, 0.5), quantiles_.quantile(series, 0.95)};
}

Range Samples::year(std::size_t target) const {
    auto year = range(2 * targets() + target);
    for (auto* each : {&year.low, &year.median, &year.high}) {
        if (std::isnan(*each) && never_[target] > 0) *each = std::numeric_limits<double>::infinity();
        *each += static_cast<double>(start_year_);
    }
    return year;
}

double Samples::share_never(std::size_t target) const {
    return succeeded_ == 0 ? nothing : static_cast<double>(never_[target]) / static_cast<double>(succeeded_);
}

double Samples::expected_shortfall(std::size_t target) const {
    return moments_.mean()[targets() + target];
}

sim::Probability Samples::probability(std::size_t event) const {
    if (clusters_) return sim::probability_of(clusters_->mean(targets() + event));
    return sim::probability_of(events_[event], succeeded_);
}

sim::Probability Samples::met_by_other_scope(std::size_t target) const {
    return probability(targets() + target);
}

sim::Probability Samples::met_together(std::size_t group) const {
    return probability(2 * targets() + group);
}

sim::Interval Samples::interval_of_mean(std::size_t target, double level) const {
    if (clusters_) return sim::interval_of_mean(clusters_->mean(target), level);
    return sim::t_interval(moments_.mean()[target], moments_.standard_deviation()[target], succeeded_, level);
}

sim::Interval Samples::interval_of_probability(std::size_t target, double level) const {
    if (clusters_) return sim::interval_of_probability(clusters_->mean(targets() + target), level);
    return sim::wilson_interval(events_[target], succeeded_, level);
}

Samples::Outcomes Samples::outcomes(std::size_t target) const {
    if (!clusters_) return {events_[target], succeeded_ - events_[target]};
    const auto mean = clusters_->mean(targets() + target);
    return {mean.with, mean.without};
}

std::optional<sim::VarianceComponents> Samples::variance(std::size_t target) const {
    if (!variances_) return std::nullopt;
    return variances_->components(target, 0.95);
}

void AllSamples::write(std::size_t /*scenario*/, std::size_t replicate, const growth::Record& record,
                       const sim::Panel& /*panel*/) {
    const auto column_of = [](const auto& cube, std::string_view name) {
        const auto specs = cube.specs();
        const auto found = std::ranges::find(specs, name, &sim::Spec::name);
        return found == specs.end() ? std::span<const double>()
                                    : cube.values_of(static_cast<std::size_t>(found - specs.begin()));
    };
    Coming seen;
    for (std::size_t k = 0; k < seen.values.size(); ++k) {
        const auto name = TargetValues::names[k];
        const auto column =
            k < TargetValues::of_targets ? column_of(record.targets, name) : column_of(record.purses, name);
        seen.values[k].assign(column.begin(), column.end());
    }
    take_in(std::move(seen), replicate);
}

void AllSamples::fail(const sim::Failure& failure) {
    take_in({.values = {}, .failure = failure}, failure.replicate);
}

// Counted once the replicate has come under every scenario.
void AllSamples::take_in(Coming coming, std::size_t replicate) {
    coming_.push_back(std::move(coming));
    if (coming_.size() < samples_.size()) return;
    for (std::size_t i = 0; i < samples_.size(); ++i) {
        auto& [values, failure] = coming_[i];
        if (failure)
            samples_[i].add_failure(std::move(*failure));
        else
            samples_[i].add(replicate, {values[0], values[1], values[2], values[3], values[4], values[5]});
    }
    coming_.clear();
}

void AllSamples::add(const sim::Block& block, const sim::View& view) {
    std::map<std::string_view, std::pair<std::size_t, std::size_t>> places;
    for (const auto name : TargetValues::names) places[name] = place_of(name, view);
    std::set<std::pair<std::size_t, std::size_t>> failed;
    for (const auto& failure : block.failures) {
        failed.emplace(failure.scenario, failure.replicate);
        samples_[failure.scenario].add_failure(failure);
    }
    for (std::size_t scenario = 0; scenario < samples_.size(); ++scenario)
        for (std::size_t i = 0; i < block.count; ++i) {
            if (failed.contains({scenario, block.first + i})) continue;
            const auto row = std::span(block.rows[scenario]).subspan(i * view.kept_length(), view.kept_length());
            samples_[scenario].add(block.first + i, TargetValues::of([&](std::string_view name) {
                                       const auto [place, length] = places.at(name);
                                       return std::span<const double>(row).subspan(place, length);
                                   }));
        }
}

std::vector<ShortPurse> short_purses(const growth::Config& config, const Samples& samples) {
    std::vector<ShortPurse> found;
    for (std::size_t p = 0; p < config.purses.size(); ++p) {
        const auto& purse = config.purses[p];
        ShortPurse short_purse{purse.key, purse.name, purse.name_zh, {}, {}};
        for (std::size_t k = 0; k < config.levers.size(); ++k) {
            const auto& lever = config.levers[k];
            const auto money = samples.allotment(k);
            if (lever.purse_index != p || !(money.asked > 0)) continue;
            short_purse.money.asked += money.asked;
            short_purse.money.allotted += money.allotted;
            short_purse.money.cut = std::max(short_purse.money.cut, money.cut);
            short_purse.rows.push_back({lever.key, lever.name, lever.name_zh, money});
        }
        if (short_purse.money.cut > 0) found.push_back(std::move(short_purse));
    }
    return found;
}

Maker this_build() {
    const auto build = sim::build();
    return {std::string(build.version), std::string(build.commit)};
}

Summary summarise(const std::string& key, const growth::Config& config, const std::string& sha256,
                  const Samples& samples, const Maker& maker) {
    Summary summary{key,
                    config.scenario,
                    config.units,
                    sha256,
                    maker,
                    samples.succeeded() + samples.failures().size(),
                    samples.draws(),
                    samples.failures(),
                    {},
                    {},
                    short_purses(config, samples),
                    growth::warnings_of(config)};
    const auto targets = growth::named_targets(config);
    const auto last_year = config.scenario.start_year + config.scenario.years - 1;
    for (std::size_t i = 0; i < targets.size(); ++i)
        summary.targets.push_back(summarise(targets[i], last_year, samples, i));
    for (std::size_t i = 0; i < config.target_groups.size(); ++i)
        summary.groups.push_back(
            {config.target_groups[i], growth::listed(config, config.target_groups[i]), samples.met_together(i)});
    std::stable_sort(summary.targets.begin(), summary.targets.end(), lags_more);
    return summary;
}

std::vector<Summary> summarise(const Study& study, const sim::Texts& texts, const AllSamples& samples,
                               const Maker& maker) {
    std::vector<Summary> summaries;
    for (std::size_t i = 0; i < study.scenarios.size(); ++i) {
        const auto& [path, key, config, design] = study.scenarios[i];
        auto& summary = summaries.emplace_back(summarise(key, config, sim::sha256(texts[i]), samples[i], maker));
        for (std::size_t f = 0; f < study.factors.size(); ++f) {
            const auto& factor = study.factors[f];
            summary.factors.push_back({factor.key, factor.name, factor.name_zh, factor.label(design[f], false),
                                       factor.label(design[f], true), design[f]});
        }
    }
    return summaries;
}

bool lacks_draws(const Summary& summary) {
    return summary.scenario.replicates_per_draw > 1 && summary.draws < sim::least_clusters;
}

}  // namespace jiju
