// Means and probabilities over replicates that come in clusters, and how well they are known.
//
// Replicates that share one draw of the uncertain values are no independent evidence: what counts is how many draws
// there are. Of clusters i of n_i replicates with sums s_i, N replicates in k clusters, the mean over all replicates is
// the ratio m = sum s_i / N, and with residuals u_i = s_i - n_i m its variance is estimated by
//     V = k / (k - 1) sum u_i^2 / N^2
// (W. Cochran, "Sampling Techniques", 1977, 6.3); of clusters of one size that is the variance of the mean of their
// means. What is kept does not grow with the number of clusters or replicates.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sim/statistics/intervals.hpp"

namespace sim {

// Of fewer clusters no error is reported: their own spread is known too badly.
inline constexpr std::size_t least_clusters = 10;

struct ClusteredMean {
    double mean;            // over all replicates; NaN of none
    double standard_error;  // NaN of fewer than two clusters
    double degrees;         // of freedom that the standard error has (clusters.cpp); at most clusters - 1
    std::size_t clusters, replicates;
    std::size_t with, without;  // of values 0 and 1: clusters in which some replicate is above 0, is not
};

class Clusters {
public:
    explicit Clusters(std::size_t series) : series_(series) {}

    // One number a series, NaN where there is none. The replicates of a cluster come one after another, otherwise they
    // count as clusters of their own.
    void add(std::size_t cluster, std::span<const double> row);

    [[nodiscard]] ClusteredMean mean(std::size_t series) const;

private:
    struct Series {
        // The cluster that is still coming in: its size and its sum. Values are counted from the first there was, so
        // that a large mean costs no digits of the spread.
        std::optional<double> origin;
        double size = 0, sum = 0;
        std::size_t met = 0;
        // Clusters before it: sum over them of size^(power - i) sum^i.
        std::size_t clusters = 0, with = 0, without = 0;
        double all = 0, total = 0;
        std::array<double, 3> second{};
        std::array<double, 5> fourth{};

        void add(double value);
        void close();
    };

    std::optional<std::size_t> cluster_;
    std::vector<Series> series_;
};

// Of the mean, by Student's t on clusters; NaN of fewer than least_clusters.
[[nodiscard]] Interval interval_of_mean(const ClusteredMean& mean, double level);

// Of a probability, where values are 0 and 1: Wilson's interval with the effective number of replicates, that is with
// the one at which independent replicates would have this error, corrected for the error's degrees of freedom
// (E. Korn and B. Graubard, "Confidence intervals for proportions with small expected number of positive counts
// estimated from survey data", 1998; Wilson's in place of Clopper and Pearson's: N. Dean and M. Pagano, "Evaluating
// confidence interval methods for binomial proportions in clustered surveys", 2015). Where none or all replicates met,
// each cluster counts once, as if its replicates were all alike. NaN of fewer than least_clusters.
[[nodiscard]] Interval interval_of_probability(const ClusteredMean& mean, double level);

// The same as the table of results words it; only the share where clusters are too few.
[[nodiscard]] Probability probability_of(const ClusteredMean& mean);

}  // namespace sim
