// Statistics as a file holds them: finished, as a table for readers, or unfinished, so that they can be merged.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/record/block.hpp"

namespace sim {

inline constexpr std::array<std::string_view, 10> statistic_names{"count", "mean", "sd",  "min", "q05",
                                                                  "q25",   "q50",  "q75", "q95", "max"};

// Statistic by statistic, a number a series.
[[nodiscard]] std::vector<double> table_of(const Statistics& statistics);

// Lists of numbers one after another; `counts` says how long each is.
struct EncodedStatistics {
    std::vector<std::int64_t> counts, integers;
    std::vector<std::int32_t> buckets;
    std::vector<double> numbers;
};
[[nodiscard]] EncodedStatistics encode(const std::vector<Statistics>& statistics);
// std::invalid_argument where no statistics of so many scenarios and series can have been encoded so.
[[nodiscard]] std::vector<Statistics> decode(const EncodedStatistics& encoded, std::size_t scenarios,
                                             std::size_t series);

}  // namespace sim
