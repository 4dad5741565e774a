// `jiju schema`: what a scenario can say, as editors read it.
#include "sim/scenario/schema.hpp"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "models/growth/config.hpp"
#include "models/growth/policy/mechanisms.hpp"

namespace jiju {
namespace {

// Whole numbers without ".0", which JSON does not need.
void write_short(nlohmann::ordered_json& json) {
    for (auto& value : json)
        if (value.is_structured())
            write_short(value);
        else if (value.is_number_float() && std::abs(value.get<double>()) < 1e15 &&
                 value.get<double>() == std::trunc(value.get<double>()))
            value = static_cast<std::int64_t>(value.get<double>());
}

// A line an entry down to `depth`, and nothing but what JSON needs inside it: indentation would be a third of the text.
std::string by_lines(const nlohmann::ordered_json& json, int depth) {
    if (depth == 0 || !json.is_object() || json.empty()) return json.dump();
    std::string text;
    for (const auto& [key, value] : json.items())
        text += fmt::format("{}{}:{}", text.empty() ? "{" : ",\n", nlohmann::ordered_json(key).dump(),
                            by_lines(value, depth - 1));
    return text + "}";
}

}  // namespace

int schema() {
    constexpr int to_each_parameter = 5;
    auto text = sim::json_schema<growth::Config>("Jiju scenario");
    write_short(text);
    print(by_lines(text, to_each_parameter) + '\n');
    return exit_code::ok;
}

}  // namespace jiju
