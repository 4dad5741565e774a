// Finds numbers among described members by their paths.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/member.hpp"

namespace sim {

struct FoundNumber {
    std::size_t index;  // of its path among those asked for
    const Spec& spec;
    double& value;
    const TableMember* row;  // the row of a table that it stands in, if it stands in one
};

// In the order of the members. A path that leads to no number is not visited. It walks only where a path leads.
void visit_numbers(const TableMember& table, const std::vector<std::string_view>& paths,
                   const std::function<void(const FoundNumber&)>& visit);

// A text among the members of a table, such as a row's name; empty where there is none.
[[nodiscard]] std::string text_of(const TableMember& table, std::string_view name);

}  // namespace sim
