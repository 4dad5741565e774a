// How many threads a command works with.
#pragma once

#include <optional>

namespace jiju {

// What was asked for, else as many as the process may use processors; fewer, with a message, where no more can be
// started.
[[nodiscard]] int threads_for(std::optional<int> asked);

}  // namespace jiju
