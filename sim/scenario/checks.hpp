// Checks of single values, with the sentences that report them; shared by everything that reads a node.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/describe/spec.hpp"
#include "sim/scenario/node.hpp"

namespace sim {

// `path: expected …, found …`
void wrong_type(const Node& node, std::string_view path, std::string_view expected, Problems& problems);

// A finite number, be it written as integer or not.
[[nodiscard]] std::optional<double> read_number(const Node& node, std::string_view path, Problems& problems);

// `what` is the value as written in the message, for instance `a.b = 3`.
void check_bounds(double value, const Spec& spec, const Source& source, std::string_view what, Problems& problems);

// Every key of a table that is not among the names.
void check_keys(const Node& table, std::string_view path, std::span<const std::string_view> names, Problems& problems);

// The position of a word among the options; otherwise reports it with the options and the nearest of them.
[[nodiscard]] std::optional<std::size_t> read_word(const Node& node, std::string_view path,
                                                   std::span<const std::string_view> options, Problems& problems);

// While one lives, this thread's messages name units as `words` does: what a scenario counts in, in place of the
// general word of a description.
class UnitWords {
public:
    using Words = std::function<std::string(std::string_view)>;
    explicit UnitWords(Words words);
    ~UnitWords();
    UnitWords(const UnitWords&) = delete;
    UnitWords& operator=(const UnitWords&) = delete;

private:
    Words before_;
};

// ` (unit)`, or nothing for pure numbers and text.
[[nodiscard]] std::string unit_text(const Spec& spec);

// `0 to 1000`, `at least 0`, `at most 1000`; empty if anything goes.
[[nodiscard]] std::string bounds_text(const Spec& spec);

}  // namespace sim
