// A value given as a change to what was said before: { times = 2, from = 2013 } or { plus = 3, until = 2015 }, of a
// number, with its prior, or of a schedule.
//
// Laying one tree of values over another keeps a change on top of what it changes, as a list: [value, change, …]. What
// the change makes of it is worked out where the value is read, for only then its type, and its default where no file
// says it, are known.
#pragma once

#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/describe/schedule.hpp"
#include "sim/scenario/node.hpp"
#include "sim/scenario/uncertainty.hpp"

namespace sim {

struct Change {
    bool scales;  // or is added
    double by;
    Time from = 0, until = std::numeric_limits<Time>::infinity();
    Source source = {};

    [[nodiscard]] double of(double value) const { return scales ? by * value : by + value; }
    [[nodiscard]] bool acts_always() const { return from <= 0 && until == std::numeric_limits<Time>::infinity(); }
};

// Whether a value is nothing but changes, or a value with changes on top.
[[nodiscard]] bool is_only_changes(const Node& node);
[[nodiscard]] bool has_changes(const Node& node);

// What the changes of a node change; nullptr where it holds no value.
[[nodiscard]] const Node* value_below(const Node& node);

// A value with one change more, or several.
[[nodiscard]] Node on_top_of(const Node& value, const Node& changes);

// In the order in which they are made. Times may not be before `earliest`.
[[nodiscard]] std::vector<Change> read_changes(const Node& node, std::string_view path, std::optional<Time> earliest,
                                               Problems& problems);

// From `from` until before `until`; a line may come to jump there.
[[nodiscard]] Schedule changed(const Schedule& schedule, const Change& change);

// The whole prior moves with its median. Scaled by zero, a number is certain.
void change(const Change& change, double& median, UncertainValue& uncertain);

}  // namespace sim
