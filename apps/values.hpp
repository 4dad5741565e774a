// The values of a command line: a number is what it looks like, or is refused with what would be right.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace jiju {

// Decimal, leading zeros or not; UsageError naming the option where it is none, or outside the bounds.
[[nodiscard]] std::int64_t whole_number(std::string_view option, std::string_view word,
                                        std::int64_t low = std::numeric_limits<std::int64_t>::min(),
                                        std::int64_t high = std::numeric_limits<std::int64_t>::max());
[[nodiscard]] std::uint64_t natural_number(std::string_view option, std::string_view word);
// With a decimal point; finite.
[[nodiscard]] double real_number(std::string_view option, std::string_view word, double low, double high);

}  // namespace jiju
