// Texts that are kept as differences come back letter by letter.
#include "sim/output/texts.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

const std::vector<std::string> texts{
    "[a]\nx = 1\ny = 2\n\n[b]\nz = 3\n",
    "[a]\nx = 1\ny = 2\n\n[b]\nz = 3\n",         // the same
    "[a]\nx = 9\ny = 2\n\n[b]\nz = 4\n",         // lines changed
    "[a]\nx = 1\n\n[b]\nz = 3\n",                // one taken away
    "[a]\nx = 1\ny = 2\nw = 5\n\n[b]\nz = 3\n",  // one added
    "[a]\nx = 1\ny = 2\n\n[b]\nz = 3",           // without its last end
    "",
    "\n",
    "something else altogether",
    "[a]\n[a]\nx = 1\ny = 2\n\n[b]\nz = 3\n[b]\nz = 3\n",
};

TEST(Texts, ComeBackAsTheyWere) {
    for (std::size_t first = 0; first < texts.size(); ++first) {
        sim::Texts kept, unpacked;
        kept.push_back(texts[first]);
        for (const auto& text : texts) kept.push_back(text);
        ASSERT_EQ(kept.size(), texts.size() + 1);
        for (std::size_t i = 0; i < kept.size(); ++i) unpacked.unpack(kept.packed(i));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            EXPECT_EQ(kept[i + 1], texts[i]) << first;
            EXPECT_EQ(unpacked[i + 1], texts[i]) << first;
        }
        EXPECT_EQ(kept[0], texts[first]);
    }
}

TEST(Texts, DifferencesThatCannotBeAreRefused) {
    for (const char* packed : {"x", "1", "1 1", "0 1 5 abc", "7 0 0 ", "0 7 0 ", "1 1 0 0 1 0 ", "0 1 99999999999999 x",
                               "-1 0 0 ", "0  1 0 "}) {
        sim::Texts kept;
        kept.push_back(texts[0]);
        EXPECT_THROW(kept.unpack(packed), std::invalid_argument) << packed;
    }
}

}  // namespace
