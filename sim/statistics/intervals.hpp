// How well so many replicates tell a share or a mean.
#pragma once

#include <cstddef>
#include <optional>

namespace sim {

struct Interval {
    double low, high;
    [[nodiscard]] double half_width() const { return (high - low) / 2; }
};

// Two-sided, each side missed with probability (1 - level) / 2; 0 < level < 1, otherwise std::invalid_argument. Their
// quantiles come from Boost.Math and the C library: for tables and stopping rules, never for what a replicate does.

// E. Wilson, "Probable inference, the law of succession, and statistical inference", 1927. Of no replicates [0, 1].
[[nodiscard]] Interval wilson_interval(std::size_t met, std::size_t replicates, double level);
// The same of a share of a number of replicates that need not be whole: an effective one.
[[nodiscard]] Interval wilson_interval_of_share(double share, double replicates, double level);

// Student's, of the mean of a sample with this standard deviation (n - 1). Of fewer than two values NaN.
[[nodiscard]] Interval t_interval(double mean, double standard_deviation, std::size_t count, double level);

// So many standard errors a two-sided interval reaches to each side. 0 < level < 1; `degrees` above 0.
[[nodiscard]] double normal_quantile(double level);
[[nodiscard]] double t_quantile(double degrees, double level);

// A share of independent replicates as the table of results words it.
struct Probability {
    double share;
    double standard_error;        // 0 where none or all met, which says nothing, therefore:
    std::optional<double> bound;  // exact one-sided 95 % bound where none or all met
    Interval interval;            // of 95 %
};
[[nodiscard]] Probability probability_of(std::size_t met, std::size_t replicates);

}  // namespace sim
