// What is said of a member that a scenario leaves out: what it means, and whose name its row may be meant to have.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/describe/spec.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/node.hpp"

namespace sim {

// In the language that is spoken.
[[nodiscard]] inline std::string meaning_of(const Spec& spec) {
    return language() == Language::zh && !spec.zh.empty() ? std::string(spec.zh) : translated(spec.text);
}

// A row that lacks what every row needs may be another row's name misspelt: `; did you mean "x"?`
[[nodiscard]] inline std::string row_meant(const Node& rows, std::string_view key) {
    std::vector<std::string_view> others;
    for (const auto& row : rows.children())
        if (row.key != key) others.push_back(row.key);
    const auto near = nearest(key, others);
    return near ? translated("; did you mean {}?", in_quotes(*near)) : std::string();
}

}  // namespace sim
