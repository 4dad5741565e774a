#include "sim/statistics/clusters.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace sim {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// Degrees of freedom of an estimated variance by its own spread (F. Satterthwaite, 1946): 2 k / (kurtosis - 1) of k
// residuals, 2 k / 2 of normal ones. Where a rare event befell few clusters, the variance rests on those alone, the
// kurtosis is large and the degrees are few. That keeps the coverage for rare events.
double degrees_of(double clusters, double mean_square, double mean_fourth) {
    const double kurtosis = mean_fourth / (mean_square * mean_square);
    const double degrees = 2 * clusters / (kurtosis - 1);
    return degrees < 1 ? 1 : degrees < clusters - 1 ? degrees : clusters - 1;
}

}  // namespace

void Clusters::Series::add(double value) {
    if (std::isnan(value)) return;
    if (!origin) origin = value;
    size += 1;
    sum += value - *origin;
    met += value > 0;
}

void Clusters::Series::close() {
    if (size == 0) return;
    ++clusters;
    with += met > 0;
    without += static_cast<double>(met) < size;
    all += size;
    total += sum;
    for (std::size_t i = 0; i < second.size(); ++i)
        second[i] += std::pow(size, static_cast<double>(2 - i)) * std::pow(sum, static_cast<double>(i));
    for (std::size_t i = 0; i < fourth.size(); ++i)
        fourth[i] += std::pow(size, static_cast<double>(4 - i)) * std::pow(sum, static_cast<double>(i));
    size = sum = 0;
    met = 0;
}

void Clusters::add(std::size_t cluster, std::span<const double> row) {
    if (row.size() != series_.size()) throw std::invalid_argument("clusters: a row is of another number of series");
    if (cluster_ && *cluster_ != cluster)
        for (auto& series : series_) series.close();
    cluster_ = cluster;
    for (std::size_t i = 0; i < row.size(); ++i) series_[i].add(row[i]);
}

ClusteredMean Clusters::mean(std::size_t series) const {
    auto s = series_.at(series);
    s.close();
    ClusteredMean found{nothing, nothing, nothing, s.clusters, static_cast<std::size_t>(s.all), s.with, s.without};
    if (s.clusters == 0) return found;
    const double m = s.total / s.all;
    found.mean = *s.origin + m;
    if (s.clusters < 2) return found;
    const auto k = static_cast<double>(s.clusters);
    const double squares = std::max(0.0, s.second[2] - 2 * m * s.second[1] + m * m * s.second[0]);
    const double fourths = s.fourth[4] - 4 * m * s.fourth[3] + 6 * m * m * s.fourth[2] - 4 * m * m * m * s.fourth[1] +
                           m * m * m * m * s.fourth[0];
    found.standard_error = std::sqrt(k / (k - 1) * squares) / s.all;
    found.degrees = squares > 0 ? degrees_of(k, squares / k, fourths / k) : k - 1;
    return found;
}

Interval interval_of_mean(const ClusteredMean& mean, double level) {
    if (mean.clusters < least_clusters) return {nothing, nothing};
    const auto k = static_cast<double>(mean.clusters);
    return t_interval(mean.mean, mean.standard_error * std::sqrt(k), mean.clusters, level);
}

Interval interval_of_probability(const ClusteredMean& mean, double level) {
    if (mean.clusters < least_clusters) return {nothing, nothing};
    const auto all = static_cast<double>(mean.replicates);
    if (mean.with == 0 || mean.without == 0)
        return wilson_interval(mean.with == 0 ? 0 : mean.clusters, mean.clusters, level);
    const double variance = mean.standard_error * mean.standard_error;
    const double ratio = normal_quantile(level) / t_quantile(mean.degrees, level);
    // No more than there are: that clusters differ less than chance makes them is chance itself.
    const double effective = mean.mean * (1 - mean.mean) / variance * ratio * ratio;
    return wilson_interval_of_share(mean.mean, effective < all ? effective : all, level);
}

Probability probability_of(const ClusteredMean& mean) {
    if (mean.clusters < least_clusters) return {mean.mean, nothing, std::nullopt, {nothing, nothing}};
    Probability found{mean.mean, mean.standard_error, std::nullopt, interval_of_probability(mean, 0.95)};
    // Replicates of a cluster share its draw, so what none of them showed was not seen as often as there are clusters.
    if (mean.with == 0) found.bound = probability_of(0, mean.clusters).bound;
    if (mean.without == 0) found.bound = probability_of(mean.clusters, mean.clusters).bound;
    return found;
}

}  // namespace sim
