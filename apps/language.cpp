#include "apps/language.hpp"

#include <array>
#include <cstdlib>
#include <optional>

#include "apps/commands.hpp"
#include "sim/scenario/names.hpp"

namespace jiju {
namespace {

constexpr std::string_view option = "--lang";
constexpr const char* variable = "JIJU_LANG";

std::optional<sim::Language> named(std::string_view word) {
    if (word == "en") return sim::Language::en;
    if (word == "zh") return sim::Language::zh;
    return std::nullopt;
}

// A word that is no language is refused later, by the grammar.
std::optional<sim::Language> in_words(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        if (words[i] == option && i + 1 < words.size()) return named(words[i + 1]);
        if (words[i].starts_with(option) && words[i].substr(option.size()).starts_with('='))
            return named(std::string_view(words[i]).substr(option.size() + 1));
    }
    return std::nullopt;
}

std::string_view value_of(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view() : value;
}

sim::Language of_locale() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const auto value = value_of(name); !value.empty())
            return value.starts_with("zh") ? sim::Language::zh : sim::Language::en;
    return sim::Language::en;
}

}  // namespace

sim::Language language_of(const std::vector<std::string>& words) {
    if (const auto asked = in_words(words)) return *asked;
    const auto wanted = value_of(variable);
    if (wanted.empty()) return of_locale();
    if (const auto asked = named(wanted)) return *asked;
    throw UsageError(sim::translated("{} = {}: allowed are en and zh", variable, sim::in_quotes(wanted)));
}

void choose_language(const std::vector<std::string>& words) {
    sim::use_catalogue(chinese_catalogue());
    sim::set_language(sim::Language::en);
    sim::set_language(language_of(words));
}

}  // namespace jiju
