// What can be said about a file or a variable, who writes it down.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace sim {

struct Attribute {
    std::string name;
    std::variant<std::string, std::int64_t, double, std::vector<std::int32_t>, std::vector<std::int8_t>> value;
};
// In the order in which they are to be listed.
using Attributes = std::vector<Attribute>;

}  // namespace sim
