// How much of the spread of replicates lies between groups of them, and how much within.
//
// The one-way layout with random effects: x_ij = m + a_i + e_ij, where all replicates j of a group i share a_i. With
// mean squares MSB between and MSW within, of k groups of n_i replicates, N in all,
//     within  = MSW,    between = (MSB - MSW) / n0,    n0 = (N - sum n_i^2 / N) / (k - 1),
// the estimator of the analysis of variance (S. Searle, G. Casella and C. McCulloch, "Variance Components", 1992, 3.6),
// unbiased for any a_i and e_ij, and below zero by chance where groups hardly differ. What is kept does not grow with
// the number of groups or replicates.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sim/statistics/intervals.hpp"

namespace sim {

struct VarianceComponents {
    double between, within;  // variances; NaN of fewer than two groups, or of none with two replicates
    double share;            // of the sum of both, the intraclass correlation: NaN where nothing varies
    Interval interval;       // of the share; exact where a_i and e_ij are normal and groups of one size
};

class GroupedVariance {
public:
    explicit GroupedVariance(std::size_t series) : series_(series) {}

    // One number a series, NaN where there is none. The replicates of a group come one after another, otherwise they
    // count as groups of their own.
    void add(std::size_t group, std::span<const double> row);

    // With any replicate of the series.
    [[nodiscard]] std::size_t groups(std::size_t series) const { return closed(series).groups; }
    // 0 < level < 1, otherwise std::invalid_argument.
    [[nodiscard]] VarianceComponents components(std::size_t series, double level) const;

private:
    struct Series {
        // The group that is still coming in: number, mean, squares of the differences from it.
        double count = 0, mean = 0, squares = 0;
        // Groups before it. The grand mean weights them by their size, and so do the squares of their differences.
        std::size_t groups = 0;
        double all = 0, all_squared = 0, grand_mean = 0, squares_between = 0, squares_within = 0;

        void add(double value);
        void close();
    };
    [[nodiscard]] Series closed(std::size_t series) const;

    std::optional<std::size_t> group_;
    std::vector<Series> series_;
};

}  // namespace sim
