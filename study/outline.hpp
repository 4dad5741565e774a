// What a results file of the growth model says, apart from numbers.
#pragma once

#include <string>

#include "sim/output/outline.hpp"
#include "study/scenario.hpp"

namespace jiju {

// The effective scenario of each scenario of a study: the files that stand for all that determines its numbers.
[[nodiscard]] sim::Texts texts_of(const Study& study);

// What the files of a run say, apart from numbers. std::invalid_argument where an output to be recorded does not exist.
[[nodiscard]] sim::Outline outline_of(const Study& study, const std::string& stopping_rule = {});

}  // namespace jiju
