// One NaN. Processors make NaNs of different signs, and arithmetic carries along whatever a NaN holds; files, digests
// and statistics know the quiet one without sign or payload, so that what is missing has the same bits everywhere.
#pragma once

#include <cmath>
#include <limits>

namespace sim {

[[nodiscard]] inline double canonical(double value) {
    return std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value;
}

// In place, of any range of numbers.
inline void make_canonical(auto&& values) {
    for (double& value : values) value = canonical(value);
}

}  // namespace sim
