// The tier of a firm in the plan's scheme; firms are reviewed once a year (standing.hpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sim/describe/spec.hpp"

namespace growth {

enum class Tier : std::uint8_t { other, start_up, growing, leading, grafted };
inline constexpr std::size_t tiers = 5;
inline constexpr std::array<std::string_view, tiers> tier_names = {"Other", "Start-up", "Growing", "Leading",
                                                                   "Grafted"};
inline constexpr std::array<std::string_view, tiers> tier_names_zh = {"其他", "初创型", "成长型", "领军型", "嫁接型"};

}  // namespace growth

namespace sim {
template <>
struct Words<growth::Tier> {
    static constexpr std::array<std::string_view, growth::tiers> words = {"other", "start_up", "growing", "leading",
                                                                          "grafted"};
};
}  // namespace sim
