// What a page needs to know of scenarios before it shows numbers: axes, outputs, targets, levers with their doses and
// their evidence, in both languages. As JSON, since pages speak it; its form is that of web/app/src/engine/engine.ts.
#pragma once

#include <nlohmann/json.hpp>

#include "sim/scenario/document.hpp"
#include "study/scenario.hpp"

namespace jiju {

// Every scenario that there is.
[[nodiscard]] nlohmann::ordered_json described_catalogue();
[[nodiscard]] nlohmann::ordered_json described(const Scenario& scenario);
// What arms side by side have in common: the axes and outputs of their results.
[[nodiscard]] nlohmann::ordered_json described_together(const Study& study);

}  // namespace jiju
