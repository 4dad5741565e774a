// Where a firm comes from: it was there at the start, or how it entered.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace growth {

enum class Origin : std::uint8_t { incumbent, start_up, spin_off, attracted, grafted };
inline constexpr std::size_t origins = 5;
inline constexpr std::array<const char*, origins> origin_keys = {"incumbent", "start_up", "spin_off", "attracted",
                                                                 "grafted"};

}  // namespace growth
