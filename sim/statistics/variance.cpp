#include "sim/statistics/variance.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <boost/math/distributions/fisher_f.hpp>

namespace sim {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// Of the share, by the quantiles of F = MSB / MSW (Searle, Casella and McCulloch 1992, 3.6d); n0 stands for the size of
// the groups where they differ.
Interval interval_of_share(double ratio, double size, double groups, double replicates, double level) {
    if (!(level > 0 && level < 1)) throw std::invalid_argument("variance: a level lies between 0 and 1");
    if (std::isinf(ratio)) return {1, 1};
    const boost::math::fisher_f law(groups - 1, replicates - groups);
    const auto share = [&](double f) { return (f - 1) / (f + size - 1); };
    const double miss = (1 - level) / 2;
    return {share(ratio / quantile(complement(law, miss))), share(ratio / quantile(law, miss))};
}

}  // namespace

// B. Welford, "Note on a method for calculating corrected sums of squares and products", 1962.
void GroupedVariance::Series::add(double value) {
    if (std::isnan(value)) return;
    count += 1;
    const double difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
}

// The same with weights: D. West, "Updating mean and variance estimates: an improved method", 1979.
void GroupedVariance::Series::close() {
    if (count == 0) return;
    ++groups;
    all += count;
    all_squared += count * count;
    const double difference = mean - grand_mean;
    grand_mean += difference * count / all;
    squares_between += count * difference * (mean - grand_mean);
    squares_within += squares;
    count = mean = squares = 0;
}

void GroupedVariance::add(std::size_t group, std::span<const double> row) {
    if (row.size() != series_.size()) throw std::invalid_argument("variance: a row is of another number of series");
    if (group_ && *group_ != group)
        for (auto& series : series_) series.close();
    group_ = group;
    for (std::size_t i = 0; i < row.size(); ++i) series_[i].add(row[i]);
}

GroupedVariance::Series GroupedVariance::closed(std::size_t series) const {
    auto all = series_.at(series);
    all.close();
    return all;
}

VarianceComponents GroupedVariance::components(std::size_t series, double level) const {
    const auto s = closed(series);
    const auto k = static_cast<double>(s.groups);
    if (s.groups < 2 || s.all <= k) return {nothing, nothing, nothing, {nothing, nothing}};
    const double size = (s.all - s.all_squared / s.all) / (k - 1);
    const double mean_square = s.squares_between / (k - 1), within = s.squares_within / (s.all - k);
    const double between = (mean_square - within) / size;
    if (mean_square == 0 && within == 0) return {0, 0, nothing, {nothing, nothing}};
    return {between, within, between / (between + within),
            interval_of_share(mean_square / within, size, k, s.all, level)};
}

}  // namespace sim
