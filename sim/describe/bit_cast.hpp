// std::bit_cast, which the standard library of older Emscriptens lacks (libc++ 13); their compilers have what it is
// made of.
#pragma once

#include <type_traits>

namespace sim {

template <class To, class From>
requires(sizeof(To) == sizeof(From) && std::is_trivially_copyable_v<To> && std::is_trivially_copyable_v<From>)
    [[nodiscard]] constexpr To bit_cast(const From& from) noexcept {
    return __builtin_bit_cast(To, from);
}

}  // namespace sim
