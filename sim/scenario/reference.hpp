// Every member of a scenario as one row, for reference pages and for `describe`.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/scenario/member.hpp"

namespace sim {

struct Entry {
    std::string path;  // rows of keyed tables stand once, as beds.<key>.area
    std::string type;  // number, integer, text, one of …
    std::string unit;
    std::string standard;  // the default as TOML; empty if there is none
    double lower;
    double upper;
    Prior prior;
    std::string text;
    std::string zh;
    std::string source;
};

[[nodiscard]] std::vector<Entry> entries(const TableMember& table);

template <Described T>
[[nodiscard]] std::vector<Entry> entries() {
    T value{};
    return entries(table_of(value));
}

// The type of an entry in the language that is spoken; words of scenario files stay as they are.
[[nodiscard]] std::string type_text(const Entry& entry);

// "lognormal, 0.2 to 1" in the language of the process; empty if the value is certain.
[[nodiscard]] std::string prior_text(const Entry& entry);

[[nodiscard]] std::string markdown(const std::vector<Entry>& entries);
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<Entry>& entries);

}  // namespace sim
