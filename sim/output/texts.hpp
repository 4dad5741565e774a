// Many long texts that differ in a few lines, as the effective scenarios of a sweep do: the first is kept whole, of the
// others what differs from it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

class Texts {
public:
    void push_back(std::string text);
    [[nodiscard]] std::size_t size() const { return edits_.size(); }
    [[nodiscard]] bool empty() const { return edits_.empty(); }
    [[nodiscard]] std::string operator[](std::size_t i) const;

    // For files that only this program reads: the first text as it is, of the others a list of their differences.
    [[nodiscard]] std::string packed(std::size_t i) const;
    // The next text, as it was packed. std::invalid_argument where nothing was packed so.
    void unpack(const std::string& packed);

private:
    struct Edit {
        std::size_t line, removed;  // so many lines of the first text, from this one on, give way
        std::string text;           // to these
        bool operator==(const Edit&) const = default;
    };
    [[nodiscard]] std::string_view lines(std::size_t from, std::size_t count) const;

    std::string first_;
    std::vector<std::size_t> starts_;       // of the first text's lines, and its end
    std::vector<std::vector<Edit>> edits_;  // a list a text
};

}  // namespace sim
