// Presets: data of a country for any of its cities, in scenarios/presets. What differs from country to country has no
// default in the model; where a scenario lacks it, the message names the preset that has a value.
#pragma once

#include <string_view>

#include "sim/describe/translated.hpp"

namespace growth {

inline constexpr std::string_view china_has_it =
    sim::to_translate("presets/china-2010.toml, when included, gives China's");

}  // namespace growth
