// Looks texts up in a catalogue: the sorted tables of a .mo file (GNU gettext manual, "The Format of GNU MO Files").
#include "sim/describe/translated.hpp"

#include <atomic>
#include <cstddef>
#include <stdexcept>

namespace sim {
namespace {

constexpr std::uint32_t magic = 0x950412de;
constexpr std::size_t header = 28, entry = 8;  // bytes; an entry is a length and an offset

struct Spoken {
    std::atomic<Language> language = Language::en;
    std::string_view catalogue;
};

Spoken& spoken() {
    static Spoken of_the_program;
    return of_the_program;
}

// Little-endian, as cmake/catalogue.cmake makes it, on every machine.
std::uint32_t number_at(std::size_t place) {
    const auto catalogue = spoken().catalogue;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number |= static_cast<std::uint32_t>(static_cast<unsigned char>(catalogue[place + i])) << (8 * i);
    return number;
}

std::string_view text_at(std::size_t table, std::size_t i) {
    return spoken().catalogue.substr(number_at(table + i * entry + 4), number_at(table + i * entry));
}

}  // namespace

Language language() {
    return spoken().language.load(std::memory_order_relaxed);
}

void set_language(Language chosen) {
    spoken().language.store(chosen, std::memory_order_relaxed);
}

void use_catalogue(std::string_view bytes) {
    spoken().catalogue = bytes;
    if (bytes.size() < header || number_at(0) != magic) {
        spoken().catalogue = {};
        throw std::invalid_argument("the catalogue of translations is no .mo file in little-endian order");
    }
}

std::string translated(std::string_view english) {
    // The translation of nothing is the header of the catalogue.
    if (language() == Language::en || spoken().catalogue.empty() || english.empty()) return std::string(english);
    const std::size_t texts = number_at(12), translations = number_at(16);
    std::size_t low = 0, high = number_at(8);
    while (low < high) {
        const auto middle = (low + high) / 2;
        const auto found = text_at(texts, middle);
        if (found == english) return std::string(text_at(translations, middle));
        (found < english ? low : high) = found < english ? middle + 1 : middle;
    }
    return std::string(english);
}

}  // namespace sim
