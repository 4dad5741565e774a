// From a document to typed values: every member of a described struct is looked up, checked and assigned, every
// mistake is reported at its line, and the uncertain numbers are listed with the priors in effect.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/member.hpp"
#include "sim/scenario/problems.hpp"
#include "sim/scenario/uncertainty.hpp"

namespace sim {

struct ReadOptions {
    // When the scenario starts: schedules whose path starts with `timed` may not begin before it. Unchecked if
    // unset or unknown.
    std::function<std::optional<Time>(const Document&)> earliest;
    std::string timed = {};
};

template <Described T>
struct Reading {
    T value;
    std::vector<UncertainValue> uncertain;
};

[[nodiscard]] std::vector<UncertainValue> read(const Document& document, const TableMember& table, Problems& problems,
                                               const ReadOptions& options);

// What the document leaves out keeps the default that T has. The value may only be used if no problem was added.
template <Described T>
[[nodiscard]] Reading<T> read(const Document& document, Problems& problems, const ReadOptions& options = {}) {
    Reading<T> reading;
    reading.uncertain = read(document, table_of(reading.value), problems, options);
    return reading;
}

}  // namespace sim
