// From the words of a command line to what is to be done.
#pragma once

#include <functional>
#include <string>

namespace jiju {

using Action = std::function<int()>;

// UsageError where the words make no sense; help and version are actions too.
[[nodiscard]] Action parse(int argc, const char* const* argv);

// What there is: the options of each command by their long names, and the names of what stands without one. JSON.
[[nodiscard]] std::string grammar_text();

}  // namespace jiju
