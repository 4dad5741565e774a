// Hostile and broken files: refused with a sentence and a place, quickly, and never with a crash.
#include "sim/scenario/limits.hpp"

#include <chrono>

#include "tests/sim/scenario/garden.hpp"

namespace garden {
namespace {

std::string repeat(const std::string& part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
}

// What takes a second here takes minutes where the work is quadratic; unoptimised and instrumented builds are slow.
constexpr double seconds_allowed = 30;

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST(Limits, DottedKeys) {
    EXPECT_EQ(problems_in("a" + repeat(".a", 99'999) + " = 1"),
              Lines{"g.toml:2:130: a dotted key may have at most 65 parts"});
    EXPECT_EQ(problems_in("[a" + repeat(" . \"a\"", 65) + "]").size(), 1U);
    EXPECT_EQ(problems_in("a" + repeat(".a", 64) + " = 1"), Lines{"g.toml:2:1: unknown key \"a\" at the top level"})
        << "64 dots are allowed";
}

TEST(Limits, DotsElsewhereAreFree) {
    EXPECT_EQ(problems_in("start = \"" + repeat(".", 200) + "\" # " + repeat(".", 200)), Lines{});
    EXPECT_EQ(problems_in("[beds.a]\nfurrows = [1.5" + repeat(", 1.5", 200) + "]"), Lines{});
    EXPECT_EQ(problems_in("start = '''" + repeat(".", 200) + "'''''\nseed = 1"), Lines{});
    EXPECT_EQ(problems_in("start = \"\"\"\n\\\"" + repeat(".", 200) + "\"\"\"\nseed = 1"), Lines{});
}

TEST(Limits, Brackets) {
    EXPECT_EQ(problems_in("a = " + repeat("[", 100'000)),
              Lines{"g.toml:2:69: lists and tables may be nested at most 64 deep"});
    EXPECT_EQ(problems_in("a = " + repeat("{a = ", 65)),
              Lines{"g.toml:2:325: lists and tables may be nested at most 64 deep"});
    EXPECT_EQ(problems_in("favourites = " + repeat("[", 64) + repeat("]", 64)),
              Lines{"g.toml:2:15: favourites[0]: expected text, found a list"});
    EXPECT_EQ(problems_in("start = \"" + repeat("[", 100) + "\""), Lines{});
}

TEST(Limits, FortyThousandKeys) {
    std::string flat, rows;
    for (int i = 0; i < 40'000; ++i) flat += "key" + std::to_string(i) + " = 1\n";
    for (int i = 0; i < 40'000; ++i) rows += "beds.b" + std::to_string(i) + ".area=1\n";
    EXPECT_LT(seconds_of([&] { EXPECT_EQ(problems_in(flat).size(), 40'000U); }), seconds_allowed);
    EXPECT_LT(seconds_of([&] { EXPECT_EQ(read(rows).value.beds.size(), 40'000U); }), seconds_allowed);
}

TEST(Limits, ManyProblemsAreAllReportedWithTheirPlaces) {
    const auto found = problems_in(repeat("favourites = []\n", 1) + "[beds.a]\nfurrows = [" + repeat("-1,", 60) + "]");
    ASSERT_EQ(found.size(), 60U);
    for (const auto& line : found) EXPECT_TRUE(line.starts_with("g.toml:4:")) << line;
}

TEST(Limits, Encoding) {
    EXPECT_EQ(problems_in("start = \"\xB9\xA4\""),
              Lines{"g.toml:2:10: not UTF-8 text (byte 0xB9); save the file as UTF-8"});
    EXPECT_EQ(problems_in("# 产业 \xED\xA0\x80"),
              Lines{"g.toml:2:6: not UTF-8 text (byte 0xED); save the file as UTF-8"});
    EXPECT_EQ(problems_in(std::string("seed = 1\0", 9)),
              Lines{"g.toml:2:9: holds a NUL byte; a scenario is plain UTF-8 text"});
    EXPECT_EQ(problems_in("start = \"集聚 🌱\""), Lines{});
    EXPECT_EQ(
        problems_in("favourites = [\"a\"、\"b\"]"),
        Lines{"g.toml:2:18: the character \"、\" stands outside quotes; text needs double quotes, and punctuation "
              "must be that of ASCII, not full-width"});
    EXPECT_EQ(problems_in("# 产业：\nstart = '集聚：' # 。"), Lines{});
    const auto with_mark = sim::parse("\xEF\xBB\xBFname = \"a\"\r\nseed = 2\r\n", "g.toml");
    EXPECT_EQ(problems_in(with_mark), Lines{});
}

TEST(Limits, TwoBytesThatAbortTheParserWithAssertions) {
    EXPECT_EQ(refused([] { (void)sim::parse("[\x0E", "g.toml"); }).size(), 1U);
    EXPECT_NE(refused([] { (void)sim::parse("[\x0E", "g.toml"); }), Lines{"accepted"});
}

// The library's own question whether such a character is white space is undefined.
TEST(Limits, CharactersBeyondAsciiWhereWhiteSpaceIsLookedFor) {
    EXPECT_EQ(refused([] { (void)sim::parse("a = +\"\"\"弈", "g.toml"); }).size(), 1U);
    EXPECT_NE(refused([] { (void)sim::parse("a = +\"\"\"弈", "g.toml"); }), Lines{"accepted"});
    const auto document =
        sim::parse("a = \"\"\"甲 \\\n  、乙\"\"\"\nb.\"丙\" = ['丁', \"\"\"\\\n\n戊\"\"\"]", "g.toml");
    EXPECT_EQ(document.root().find("a")->string(), "甲 、乙");
}

// What fuzzing has found: under sanitizers each of them would end this program.
TEST(Limits, InputsThatOnceBrokeTheParser) {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(JIJU_SOURCE_DIR) / "tests/fuzz/corpus/toml")) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        EXPECT_NE(refused([&] { (void)sim::parse(text, "g.toml"); }), Lines{"accepted"}) << entry.path();
        ++count;
    }
    EXPECT_GE(count, 1U);
}

using FileLimits = Folder;

TEST_F(FileLimits, WhatIsNotAnOrdinarySmallFile) {
    EXPECT_EQ(refusal("absent.toml"), Lines{"~/scenario/absent.toml: the scenario file does not exist"});
    std::filesystem::create_directory(at("folder.toml"));
    EXPECT_EQ(refusal("folder.toml"), Lines{"~/scenario/folder.toml: the scenario file is a folder, not a file"});
    std::filesystem::create_symlink("/dev/zero", at("zero.toml"));
    EXPECT_EQ(refusal("zero.toml"), Lines{"~/scenario/zero.toml: the scenario file is not an ordinary file"});
    write("sparse.toml", "");
    std::filesystem::resize_file(at("sparse.toml"), 100 << 20);
    EXPECT_LT(seconds_of([&] {
                  EXPECT_EQ(refusal("sparse.toml"),
                            Lines{"~/scenario/sparse.toml: the scenario file is too large (104857600 bytes); "
                                  "a scenario file may have at most 1048576 bytes"});
              }),
              seconds_allowed);
}

// Root may read everything; while this lives, it is nobody.
class AsNobody {
public:
    AsNobody() {
        if (was_root_) {
            EXPECT_EQ(::seteuid(65534), 0);
        }
    }
    ~AsNobody() {
        if (was_root_) {
            EXPECT_EQ(::seteuid(0), 0);
        }
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

private:
    bool was_root_ = ::geteuid() == 0;
};

TEST_F(FileLimits, UnreadableFile) {
    std::filesystem::permissions(write("locked.toml", "name = \"a\""), std::filesystem::perms::none);
    const AsNobody nobody;
    EXPECT_EQ(refusal("locked.toml"),
              Lines{"~/scenario/locked.toml: the scenario file cannot be read: Permission denied"});
}

TEST_F(FileLimits, NumberOfFiles) {
    write("data.toml", "seed = 1\n");
    write("main.toml", "name = \"a\"\ninclude = [" + repeat("\"data.toml\",", 64) + "]\n");
    EXPECT_EQ(refusal("main.toml"), Lines{"~/scenario/main.toml:2:768: a scenario may consist of at most 64 files"});
}

}  // namespace
}  // namespace garden
