// A results file carries its scenarios: from it the study is made again.
#pragma once

#include "sim/output/reader.hpp"
#include "study/scenario.hpp"
#include "study/summary.hpp"

namespace jiju {

// FileError where the file's scenarios are none that this program reads.
[[nodiscard]] Study study_of(const sim::ResultsReader& reader);

// The rule by which the run stopped; empty where it had none.
[[nodiscard]] std::string stopping_rule_of(const sim::ResultsReader& reader);

// What the replicates reached of the targets, of the first `most` of them.
[[nodiscard]] AllSamples samples_of(const sim::ResultsReader& reader, const Study& study,
                                    std::size_t most = static_cast<std::size_t>(-1));

}  // namespace jiju
