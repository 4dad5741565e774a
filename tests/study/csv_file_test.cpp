// Tables from CSV files: RFC 4180 by hand, line ends and marks of other systems, and what is wrong at its line.
#include "study/csv_file.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/describe/errors.hpp"

namespace {

using Cells = std::vector<std::string>;

std::vector<sim::Problem> problems_of(const std::string& text) {
    sim::Problems problems;
    static_cast<void>(jiju::read_csv(text, "firms.csv", problems));
    return problems.sorted();
}

sim::TextTable read(const std::string& text) {
    sim::Problems problems;
    auto table = jiju::read_csv(text, "firms.csv", problems);
    for (const auto& problem : problems.sorted()) ADD_FAILURE() << problem.place << ": " << problem.message;
    return table;
}

TEST(CsvFile, QuotesHoldSeparatorsQuotesAndLineBreaks) {
    const auto table = read("name,note\n\"A, B and \"\"C\"\"\",\"two\nlines\"\nD,\n");
    EXPECT_EQ(table.headings, (Cells{"name", "note"}));
    EXPECT_EQ(table.cells, (Cells{"A, B and \"C\"", "two\nlines", "D", ""}));
    EXPECT_EQ(table.lines, (std::vector<int>{2, 4}));  // of each row the line it begins in
}

TEST(CsvFile, LineEndsMarksAndSeparatorsOfOtherSystems) {
    const Cells cells = {"北京", "1.5", "x", "2"};
    for (const std::string separator : {",", ";", "\t"})
        for (const std::string end : {"\n", "\r\n"})
            for (const std::string mark : {"", "\xEF\xBB\xBF"})
                for (const bool closed : {true, false}) {
                    std::string text = mark + "name" + separator + "sales" + end + "北京" + separator + "1.5" + end +
                                       end + "x" + separator + "2" + (closed ? end : "");
                    const auto table = read(text);
                    EXPECT_EQ(table.headings, (Cells{"name", "sales"}));
                    EXPECT_EQ(table.cells, cells);
                    EXPECT_EQ(table.lines, (std::vector<int>{2, 4}));  // the blank line is none
                }
}

TEST(CsvFile, TheSeparatorIsTheOneThatHeadingsHaveMostOf) {
    const auto table = read("name;sales, in all;place\nA;1,5;P\n");
    EXPECT_EQ(table.headings, (Cells{"name", "sales, in all", "place"}));
    EXPECT_EQ(table.cells, (Cells{"A", "1,5", "P"}));
}

TEST(CsvFile, MistakesHaveTheirLine) {
    const auto only = [](const std::string& text, const std::string& place, const std::string& what) {
        const auto problems = problems_of(text);
        ASSERT_EQ(problems.size(), 1U) << text;
        EXPECT_EQ(problems[0].place, place) << text;
        EXPECT_NE(problems[0].message.find(what), std::string::npos) << problems[0].message;
    };
    only("", "firms.csv", "no row of headings");
    only("\n\r\n", "firms.csv", "no row of headings");
    only("a,b\n1,2\n3\n4,5\n", "firms.csv:3:1", "has 1 cells where the headings are 2");
    only("a,b\n1,2\n\"3,4\n5,6\n", "firms.csv:3:1", "never closed");
    only("a,b\n1,2 \"x\"\n", "firms.csv:2:1", "a quote stands within a cell");
    only("a,b,a\n1,2,3\n", "firms.csv:1:1", "two columns are called \"a\"");
    only("a,b\n1,2\n\xB1\xB1,3\n", "firms.csv:3:1", "not UTF-8");  // 北 in GB 18030
    only(std::string("\xFF\xFE"
                     "a\0,\0b\0",
                     8),
         "firms.csv:1:1", "not UTF-8");  // UTF-16
    only(std::string("a,b\n1,\0\n", 8), "firms.csv:2:1", "not UTF-8");
}

TEST(CsvFile, OfManyMistakesTheFirstAreEnough) {
    std::string text = "a,b\n";
    for (int line = 0; line < 1000; ++line) text += "1\n";
    EXPECT_LE(problems_of(text).size(), 20U);
}

TEST(CsvFile, AMillionRows) {
    std::string text = "industry,place,sales\n";
    for (int line = 0; line < 1'000'000; ++line) text += "machines,old_town,1.25\n";
    const auto table = read(text);
    EXPECT_EQ(table.rows(), 1'000'000U);
    EXPECT_EQ(table.lines.back(), 1'000'001);
    EXPECT_EQ(table.at(999'999, 2), "1.25");
}

}  // namespace
