// What a page needs to know of scenarios before it shows numbers: axes, outputs, targets, levers with their doses and
// their evidence, in both languages. As JSON, since pages speak it; its form is that of web/app/src/engine/engine.ts.
#pragma once

#include <array>
#include <string_view>

#include <nlohmann/json.hpp>

#include "sim/scenario/document.hpp"
#include "study/scenario.hpp"

namespace jiju {

// What a page shows of results, over time and without, and of the firms of a panel, whose columns are named without
// `firm_` and `panel_`. In the order in which pages get them.
inline constexpr std::array<std::string_view, 12> page_outputs = {
    "target_met",        "target_value",     "output",      "value_added",    "employment",   "place_output",
    "place_value_added", "place_employment", "lever_asked", "lever_allotted", "lever_beyond", "net_value_added"};
inline constexpr std::array<std::string_view, 11> page_columns = {
    "id", "industry", "place", "named", "tier", "born", "year_sales", "labour", "support", "alive", "year"};

// Every scenario that there is.
[[nodiscard]] nlohmann::ordered_json described_catalogue();
[[nodiscard]] nlohmann::ordered_json described(const Scenario& scenario);
// What arms side by side have in common: the axes and outputs of their results.
[[nodiscard]] nlohmann::ordered_json described_together(const Study& study);

}  // namespace jiju
