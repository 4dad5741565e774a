// How many threads a campaign works with.
#pragma once

#include <optional>

namespace jiju {

// What was asked for, else as many as the process may use processors.
[[nodiscard]] int threads_wanted(std::optional<int> asked);
// Fewer where no more can be started.
[[nodiscard]] int threads_for(std::optional<int> asked);

}  // namespace jiju
