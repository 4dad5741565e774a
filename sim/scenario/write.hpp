// The effective scenario: every value written out, defaults too, so that a results file says all that went into it.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/scenario/member.hpp"
#include "sim/scenario/uncertainty.hpp"

namespace sim {

// A single value as JSON, as its schedule or word reads in TOML; null for an absent optional number.
[[nodiscard]] nlohmann::ordered_json json_of(const Member& member);

// A JSON value in TOML's notation, on one line.
[[nodiscard]] std::string inline_toml(const nlohmann::ordered_json& value);

[[nodiscard]] std::string to_toml(const TableMember& table, const std::vector<UncertainValue>& uncertain);
[[nodiscard]] nlohmann::ordered_json to_json(const TableMember& table, const std::vector<UncertainValue>& uncertain);

// Reading the text back gives the same value and the same priors.
template <Described T>
[[nodiscard]] std::string to_toml(T value, const std::vector<UncertainValue>& uncertain) {
    return to_toml(table_of(value), uncertain);
}

template <Described T>
[[nodiscard]] nlohmann::ordered_json to_json(T value, const std::vector<UncertainValue>& uncertain) {
    return to_json(table_of(value), uncertain);
}

}  // namespace sim
