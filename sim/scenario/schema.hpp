// JSON Schema (draft-07) of a scenario, for editors that complete and check while one types.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "sim/scenario/member.hpp"

namespace sim {

[[nodiscard]] nlohmann::ordered_json json_schema(const TableMember& table, std::string_view title);

// Says what a single file may hold: nothing is required in it, since what it extends may hold the rest.
template <Described T>
[[nodiscard]] nlohmann::ordered_json json_schema(std::string_view title) {
    T value{};
    return json_schema(table_of(value), title);
}

}  // namespace sim
