// Text as a terminal shows it.
#include "study/characters.hpp"

#include <gtest/gtest.h>

namespace {

using namespace jiju;

TEST(Characters, TakePlacesAsUnicodeSays) {
    EXPECT_EQ(display_width("abc"), 3);
    EXPECT_EQ(display_width("集聚"), 4);
    EXPECT_EQ(display_width("e\u0301"), 1);  // the accent stands over the letter
    EXPECT_EQ(display_width("a（b）"), 6);   // full-width brackets
    EXPECT_EQ(display_width(""), 0);
}

TEST(Characters, AreReadOneAfterTheOther) {
    const auto [code, bytes] = first_of("集聚");
    EXPECT_EQ(code, 0x96C6);
    EXPECT_EQ(bytes, 3);
    EXPECT_EQ(first_of("\xE9\x9B").bytes, 1);  // cut in the middle: each byte stands for itself
    EXPECT_EQ(first_of("\xFFx").bytes, 1);
}

// Escapes, the second set of controls, broken bytes and turns of direction.
TEST(Characters, ThatSteerATerminalAreReplaced) {
    EXPECT_EQ(harmless("a\x1B[2Jb"), "a?[2Jb");
    EXPECT_EQ(harmless("a\u009B"
                       "b"),
              "a?b");
    EXPECT_EQ(harmless("a\xFF"
                       "b"),
              "a?b");
    EXPECT_EQ(harmless("a\u202E"
                       "b"),
              "a?b");
    EXPECT_EQ(harmless("集聚 e\u0301"), "集聚 e\u0301");
}

}  // namespace
