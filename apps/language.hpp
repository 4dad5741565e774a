// In which language the program speaks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/describe/translated.hpp"

namespace jiju {

// What --lang says; else the environment variable JIJU_LANG; else the locale (LC_ALL, LC_MESSAGES, LANG: the first that
// is set) where it is Chinese; else English. UsageError: JIJU_LANG names another language.
[[nodiscard]] sim::Language language_of(const std::vector<std::string>& words);

// That language from now on, and the catalogue in reach. English until JIJU_LANG is known to be right.
void choose_language(const std::vector<std::string>& words);

// The texts in Chinese, as a .mo file of GNU gettext: made of locale/zh.po when the program is built
// (cmake/catalogue.cmake).
[[nodiscard]] std::string_view chinese_catalogue();

}  // namespace jiju
