// `--precision`: when a run has told enough, decided at numbers of replicates that are fixed beforehand.
#pragma once

#include <cstddef>
#include <string>

#include "apps/summary.hpp"

namespace jiju {

// p(TARGET)=WIDTH@LEVEL%: the probability of a target to within WIDTH; mean(TARGET)=WIDTH@LEVEL%: its mean value.
class Precision {
public:
    // UsageError where the text is no such rule, ScenarioError's nearest name where the target is unknown.
    Precision(const std::string& text, const growth::Config& config);

    // The interval is looked at after 100 replicates and then at numbers growing by a quarter, so that the rule does
    // not depend on the machine; each look is a chance to stop by luck, and there are few.
    [[nodiscard]] static std::size_t look_after(std::size_t replicates);
    [[nodiscard]] bool is_reached(const AllSamples& samples) const;
    // For the results file.
    [[nodiscard]] std::string text() const;

private:
    std::string text_;
    bool has_worlds_, of_mean_;
    std::size_t target_;
    double half_width_, level_;
};

}  // namespace jiju
