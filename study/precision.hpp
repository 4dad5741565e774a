// `--precision`: when a run has shown enough, decided at numbers of replicates that are fixed in advance.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "study/summary.hpp"

namespace jiju {

// p(TARGET)=WIDTH@LEVEL%: the probability of a target to within WIDTH; mean(TARGET)=WIDTH@LEVEL%: its mean value.
// Where replicates share draws of the parameters, the interval is by draws. When it looks and what a probability needs
// beside: sim/statistics/stopping.hpp.
class Precision {
public:
    // UsageError where the text is no such rule, with the nearest name where the target is unknown, and where even all
    // replicates make too few draws for an error.
    Precision(const std::string& text, const growth::Config& config);

    [[nodiscard]] bool is_reached(const AllSamples& samples) const;
    // For the results file.
    [[nodiscard]] std::string text() const;

private:
    using Refuse = std::function<void(const std::string&)>;
    static void check_draws(const growth::Config& config, const Refuse& refuse);

    std::string text_;
    bool has_shared_draws_, of_mean_;
    std::size_t target_;
    double half_width_, level_;
};

}  // namespace jiju
