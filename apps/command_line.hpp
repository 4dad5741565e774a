// From the words of a command line to what is to be done.
#pragma once

#include <functional>

namespace jiju {

using Action = std::function<int()>;

// UsageError where the words make no sense; help and version are actions too.
[[nodiscard]] Action parse(int argc, const char* const* argv);

}  // namespace jiju
