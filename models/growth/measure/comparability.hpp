// Where a target sets figures side by side that do not count the same.
#pragma once

#include <string>
#include <vector>

#include "models/growth/config.hpp"

namespace growth {

struct Warning {
    std::string kind;  // mixed_figures, mixed_thresholds, table_of_firms, unread_columns
    std::vector<std::string> targets;
    std::string text, text_zh;
};

// What follows from what each target counts (facts_of) and from the scenario's years and thresholds.
std::vector<Warning> warnings_of(const Config&);

// Keys of targets in the scenario's order, neighbours drawn together: T1, T2, T4–T9.
std::string listed(const Config&, const std::vector<std::string>& targets);
std::string listed(const Config&, const TargetGroup& group);

}  // namespace growth
