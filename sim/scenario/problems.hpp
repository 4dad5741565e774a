// Where a value of a scenario was written, and every mistake found in one, gathered before any is reported.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/describe/errors.hpp"

namespace sim {

class Document;

// Lines and columns count from 1, columns in characters; line 0 means the file, or the `--set`, as a whole.
struct Source {
    std::string file;
    int line = 0;
    int column = 0;

    [[nodiscard]] std::string text() const;
    bool operator==(const Source&) const = default;
};

class Problems {
public:
    void add(Source source, std::string message);
    void add(std::string place, std::string message);
    void add(const Document& document, std::string_view dotted_path, std::string message);  // at its nearest ancestor

    [[nodiscard]] bool empty() const { return found_.empty(); }
    [[nodiscard]] std::size_t size() const { return found_.size(); }

    // All of them, sorted by file and line.
    [[nodiscard]] std::vector<Problem> sorted() const;
    void throw_if_any() const;  // ScenarioError

private:
    struct Found {
        Source source;
        std::string message;
    };
    std::vector<Found> found_;
};

}  // namespace sim
