// The language that a person is spoken to in, and the one way to say something in it.
//
// Texts are written in English where they are used; `translated` says them in the language chosen, by a catalogue that
// a program hands in (locale/, GNU gettext's format). Without one, as in the model alone, they stay English. What a
// results file holds is never translated: its bytes do not depend on who reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace sim {

enum class Language : std::uint8_t { en, zh };

// Of the process, as is the catalogue. English until a program says otherwise.
[[nodiscard]] Language language();
void set_language(Language chosen);

// The bytes of a .mo file in Chinese, which must outlive their use. std::invalid_argument: they are no such file.
void use_catalogue(std::string_view bytes);

// A text as it is.
[[nodiscard]] std::string translated(std::string_view english);

// A text with values put into it; a translation may name them by their numbers, {1} before {0}.
template <class First, class... Rest>
[[nodiscard]] std::string translated(fmt::format_string<First, Rest...> english, First&& first, Rest&&... rest) {
    const fmt::string_view text = english;
    return fmt::vformat(translated(std::string_view(text.data(), text.size())), fmt::make_format_args(first, rest...));
}

// Marks a text that is translated later, where it is shown: it must be in the catalogue.
[[nodiscard]] constexpr const char* to_translate(const char* english) {
    return english;
}

}  // namespace sim
