// Heaps put together by the published format, and those of a real file.
#include "sim/output/text_heap.hpp"

#include <cstdint>

#include <gtest/gtest.h>

#include "sim/output/quarantine.hpp"
#include "sim/output/reader.hpp"
#include "sim/output/seal.hpp"
#include "tests/toy/files.hpp"

namespace {

std::string number(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> 8 * i & 255);
    return text;
}

std::string object(std::uint64_t index, std::uint64_t length, const std::string& data) {
    return number(index, 2) + number(0, 6) + number(length, 8) + data;
}

std::string object(std::uint64_t index, const std::string& text) {
    return object(index, text.size(), text + std::string((8 - text.size() % 8) % 8, '\0'));
}

std::string heap(const std::string& objects) {
    return "GCOL" + number(1, 4) + number(16 + objects.size(), 8) + objects;
}

const std::string& free_room() {
    static const auto text = object(0, 40, std::string(24, '\0'));
    return text;
}

class TextHeap : public toy::Folder {
protected:
    [[nodiscard]] std::string flaw(const std::string& bytes) const {
        const auto path = folder_ / "file";
        std::ofstream(path, std::ios::binary) << bytes;
        return sim::flaw_of_text_heaps(path);
    }
    [[nodiscard]] bool is_sound(const std::string& bytes) const { return flaw(bytes).empty(); }
};

TEST_F(TextHeap, IsSoundAsHdf5LeavesIt) {
    EXPECT_TRUE(is_sound(""));
    EXPECT_TRUE(is_sound("no heap, but the word GCOL"));
    EXPECT_TRUE(is_sound(heap("")));
    EXPECT_TRUE(is_sound(heap(object(1, "1/year") + object(2, "") + object(3, "persons!") + free_room())));
    EXPECT_TRUE(is_sound(heap(object(1, "full"))));
    // Where no heading fits any more there is none.
    EXPECT_TRUE(is_sound(heap(object(1, "full") + std::string(8, '\0'))));
}

// What was taken out leaves a gap.
TEST_F(TextHeap, ObjectsHaveNumbersOfTheirOwn) {
    EXPECT_TRUE(is_sound(heap(object(2, "a"))));
    EXPECT_TRUE(is_sound(heap(object(1, "a") + object(65535, "b") + free_room())));
    EXPECT_FALSE(is_sound(heap(object(1, "a") + object(1, "b") + free_room())));
    EXPECT_FALSE(is_sound(heap(object(7, "a") + object(9, "b") + object(7, "c") + free_room())));
    EXPECT_FALSE(is_sound(heap(object(1, "a") + free_room() + object(2, "b"))));
}

TEST_F(TextHeap, LengthsEndWithTheHeap) {
    EXPECT_FALSE(is_sound(heap(object(1, 9, "12345678"))));
    EXPECT_FALSE(is_sound(heap(object(1, ~std::uint64_t{0}, "12345678"))));
    EXPECT_FALSE(is_sound(heap(object(1, ~std::uint64_t{0} - 7, "12345678"))));
    EXPECT_FALSE(is_sound(heap(object(0, 48, std::string(24, '\0')))));
    EXPECT_FALSE(is_sound(heap(object(0, 32, std::string(24, '\0')))));
    for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{15}, std::uint64_t{64}, ~std::uint64_t{0}})
        EXPECT_FALSE(is_sound("GCOL" + number(1, 4) + number(size, 8) + object(1, "a"))) << size;
    EXPECT_FALSE(is_sound("GCOL" + number(1, 4) + number(16, 4)));
}

// Also behind another, and across the edge of what is read at once.
TEST_F(TextHeap, EveryOneIsFoundWhereverItBegins) {
    const auto sound = heap(object(1, "a") + free_room()), bad = heap(object(1, "a") + object(1, "a") + free_room());
    EXPECT_FALSE(is_sound(sound + bad));
    for (const std::size_t before : {0, 1, 7, 8, 9, 16, 17, 100}) {
        const std::string filling((1 << 20) - before, '.');
        EXPECT_TRUE(is_sound(filling + sound + sound)) << before;
        const auto expected = flaw(filling + sound + bad);
        EXPECT_NE(expected.find("at byte " + std::to_string(filling.size() + sound.size()) + " "), std::string::npos)
            << expected;
    }
}

// Every one in turn, under another number, in files whose seal is whole: also those of units, which are often alike and
// which HDF5 1.10 then gave from its buffer.
TEST_F(TextHeap, AFileWithoutATextIsRefusedThoughItsSealIsWhole) {
    const auto path = folder_ / "walk.h5";
    const toy::Walk::Config config{.steps = 4, .walkers = 3};
    const sim::Outline all(toy::layout({config, config}), {.detail = sim::Detail::steps}, 5);
    toy::write_file(path, all, toy::block_of(all, config, 0, 5));
    const auto whole = toy::bytes_of(path);
    ASSERT_EQ(sim::flaw_of_text_heaps(path), "");
    int texts = 0;
    for (auto start = whole.find("GCOL"); start != std::string::npos; start = whole.find("GCOL", start + 1)) {
        const auto length = [&](std::size_t place) {
            return static_cast<std::size_t>(static_cast<unsigned char>(whole[place])) |
                   static_cast<std::size_t>(static_cast<unsigned char>(whole[place + 1])) << 8;
        };
        for (auto place = start + 16; whole[place] != 0 || whole[place + 1] != 0;) {
            const auto bytes = length(place + 8), next = place + 16 + (bytes + 7) / 8 * 8;
            // Dimensions that an axis has are in the heaps too, in eight bytes, and those that it had once.
            if (bytes == 8) {
                place = next;
                continue;
            }
            ++texts;
            auto altered = whole.substr(0, whole.size() - sim::seal_length());
            altered[place + 1] ^= 64;
            std::ofstream(path, std::ios::binary) << altered;
            sim::put_seal(path, path);
            EXPECT_EQ(sim::flaw_of_text_heaps(path), "");
            EXPECT_THROW(sim::ResultsReader(path, sim::FileKind::results), sim::FileError) << "byte " << place;
            place = next;
        }
    }
    EXPECT_GT(texts, 20);
}

}  // namespace
