// What `jiju describe` explains, a function a topic, each from the descriptions that the code itself uses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "apps/commands.hpp"
#include "apps/table.hpp"
#include "sim/scenario/reference.hpp"

namespace jiju {

inline constexpr std::string_view default_scenario = "shaoxing-2011/plan";

// What scenarios are made of (describe_rows.cpp).
[[nodiscard]] std::string describe_rows(const DescribeOptions& options);      // a table: industries, places …
[[nodiscard]] std::string describe_row(const DescribeOptions& options);       // one row of it, every value
[[nodiscard]] std::string describe_scenario(const DescribeOptions& options);  // one scenario in short

// Policy (describe_levers.cpp).
[[nodiscard]] std::string describe_levers(const DescribeOptions& options);
[[nodiscard]] std::string describe_lever(const DescribeOptions& options);

// The model and its results, which are the same for all scenarios (describe_model.cpp).
[[nodiscard]] std::string describe_keys(const DescribeOptions& options);
[[nodiscard]] std::string describe_parameters(const DescribeOptions& options);
[[nodiscard]] std::string describe_parameter(const DescribeOptions& options);
[[nodiscard]] std::string describe_channels(const DescribeOptions& options);
[[nodiscard]] std::string describe_outputs(const DescribeOptions& options);
[[nodiscard]] std::string describe_panel(const DescribeOptions& options);

// ---- what they share

[[nodiscard]] inline bool is_zh(const DescribeOptions& options) {
    return options.language == sim::Language::zh;
}
// A text that has its Chinese beside it; where it has none, that of the catalogue.
[[nodiscard]] inline std::string in(const DescribeOptions& options, std::string_view en, std::string_view zh) {
    if (!is_zh(options)) return std::string(en);
    return zh.empty() ? sim::translated(en) : std::string(zh);
}
// A heading of a table in Chinese; headings that are words of scenario files stay as they are.
[[nodiscard]] std::string heading(const DescribeOptions& options, std::string_view word);

// JSON with the format it is of.
[[nodiscard]] std::string titled(std::string_view kind, std::string_view name, nlohmann::ordered_json rows,
                                 const nlohmann::ordered_json& more = nlohmann::ordered_json::object());
[[nodiscard]] Table table_of_entries(const DescribeOptions& options, const std::vector<sim::Entry>& entries);

// Every real number within to twelve digits: a sum shows none of its rounding, and 0.1 + 0.2 is 0.3.
[[nodiscard]] nlohmann::ordered_json to_read(nlohmann::ordered_json value);

// `0.45 (0.25 to 0.6)` for an uncertain value, else the value as TOML has it.
[[nodiscard]] std::string value_text(const nlohmann::ordered_json& value);

// As text, or as a page with a title.
[[nodiscard]] std::string shown(const DescribeOptions& options, std::string_view title, const Table& table);

// UsageError with the nearest name.
[[noreturn]] void refuse_name(std::string_view what, std::string_view name, const std::vector<std::string>& known);

}  // namespace jiju
