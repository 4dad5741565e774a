// Texts are found in a catalogue of GNU gettext's binary form, made here by hand after its manual; what is not in one,
// or is asked for in English, stays as it is.
#include "sim/describe/translated.hpp"

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace {

using sim::Language;
using sim::translated;

void append(std::string& bytes, std::uint32_t number) {
    for (int i = 0; i < 4; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xff);
}

// Header, table of texts, table of translations, then the texts themselves, each with a zero behind it.
std::string catalogue(const std::map<std::string, std::string>& entries) {
    const auto count = static_cast<std::uint32_t>(entries.size());
    std::string bytes, texts;
    const auto begin = 28 + 16 * count;
    for (const std::uint32_t number : {0x950412deu, 0u, count, 28u, 28 + 8 * count, 0u, begin}) append(bytes, number);
    std::string translations;
    const auto list = [&](const std::string& text, std::string& table) {
        append(table, static_cast<std::uint32_t>(text.size()));
        append(table, begin + static_cast<std::uint32_t>(texts.size()));
        texts += text + '\0';
    };
    for (const auto& [text, translation] : entries) {
        list(text, bytes);
        list(translation, translations);
    }
    return bytes + translations + texts;
}

class Translated : public ::testing::Test {
protected:
    Translated() {
        sim::use_catalogue(chinese);
        sim::set_language(Language::zh);
    }
    ~Translated() override {
        sim::use_catalogue(empty);
        sim::set_language(Language::en);
    }
    Translated(const Translated&) = delete;
    Translated& operator=(const Translated&) = delete;

private:
    const std::string empty = catalogue({});
    const std::string chinese = catalogue({{"", "Language: zh\n"},
                                           {"a plot", "一块地"},
                                           {"a plots", "错"},
                                           {"b", "乙"},
                                           {"{} of {} plots", "{1}块地中的{0}块"},
                                           {"{} plot{} in {:.1f} s", "{0}块地，{2:.1f}秒"},
                                           {"z", "末"}});
};

TEST_F(Translated, EveryTextIsFoundWhereverItStandsInTheTable) {
    EXPECT_EQ(translated("a plot"), "一块地");
    EXPECT_EQ(translated("b"), "乙");
    EXPECT_EQ(translated("z"), "末");
}

TEST_F(Translated, WhatIsNotThereStaysEnglish) {
    for (const auto* text : {"", "a", "a plo", "a plot ", "zz", "b\n"}) EXPECT_EQ(translated(text), text);
}

TEST_F(Translated, ValuesMayStandInAnotherOrderAndPluralsBeLeftOut) {
    EXPECT_EQ(translated("{} of {} plots", 3, 12), "12块地中的3块");
    EXPECT_EQ(translated("{} plot{} in {:.1f} s", 2, "s", 0.25), "2块地，0.2秒");
}

TEST_F(Translated, EnglishIsLeftAlone) {
    sim::set_language(Language::en);
    EXPECT_EQ(translated("a plot"), "a plot");
    EXPECT_EQ(translated("{} of {} plots", 3, 12), "3 of 12 plots");
}

TEST_F(Translated, WhatIsNoCatalogueIsRefusedAndNotUsed) {
    const std::string short_one = catalogue({}).substr(0, 20);
    EXPECT_THROW(sim::use_catalogue(short_one), std::invalid_argument);
    const std::string other = "PK" + catalogue({{"b", "乙"}}).substr(2);
    EXPECT_THROW(sim::use_catalogue(other), std::invalid_argument);
    EXPECT_EQ(translated("b"), "b");
}

}  // namespace
