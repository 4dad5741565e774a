// From the words of a command line to what is to be done.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace jiju {

using Action = std::function<int()>;

// UsageError where the words make no sense; help and version are actions too.
[[nodiscard]] Action parse(int argc, const char* const* argv);

// Where the words are of a command that is written in Python: its name, then what it is given.
[[nodiscard]] std::optional<std::vector<std::string>> words_for_python(std::vector<std::string> words);

// The table of all commands as JSON: what each does, and whether it is written in Python; of the others the long names
// of their options, and the names of what stands without one.
[[nodiscard]] std::string grammar_text();

}  // namespace jiju
