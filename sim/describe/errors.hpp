// What can go wrong, by who can fix it.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sim {

// One mistake in a scenario: `place` is file:line:col (or "--set key" / the file alone), ready to print.
struct Problem {
    std::string place;
    std::string message;
};

// The user can fix it: every problem of the input at once, one a line as `place: error: message`.
class ScenarioError : public std::runtime_error {
public:
    explicit ScenarioError(std::vector<Problem> found) : std::runtime_error(lines(found)), problems(std::move(found)) {}

    std::vector<Problem> problems;

private:
    static std::string lines(const std::vector<Problem>& found) {
        std::string text;
        for (const auto& [place, message] : found)
            text.append(text.empty() ? "" : "\n").append(place).append(": error: ").append(message);
        return text;
    }
};

// A file cannot be read or written: disk full, no permission, already there.
struct FileError : std::runtime_error {
    using runtime_error::runtime_error;
};

// The model broke one of its own identities; recorded for its replicate, the others continue.
struct InvariantError : std::runtime_error {
    using runtime_error::runtime_error;
};

}  // namespace sim
