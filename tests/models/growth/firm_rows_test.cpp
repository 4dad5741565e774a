// How a table of firms is read: in the unit of its money, with totals that disagree reported, kept in the effective
// scenario by its digest, and what cannot be refused in the words of the file.
#include "models/growth/firm_rows.hpp"

#include <fmt/format.h>

#include "models/growth/measure/comparability.hpp"
#include "sim/describe/errors.hpp"
#include "sim/scenario/write.hpp"
#include "tests/models/growth/firm_tables.hpp"

namespace {

using namespace growth;
using growth_tests::city;
using growth_tests::dozen;
using growth_tests::file_of;
using growth_tests::Rows;
using growth_tests::Settings;

std::vector<std::string> mistakes(const FirmFile& file, const Settings& settings = {}) {
    try {
        static_cast<void>(city(file, settings));
    } catch (const sim::ScenarioError& error) {
        std::vector<std::string> lines;
        for (const auto& problem : error.problems) lines.push_back(problem.place + ": " + problem.message);
        return lines;
    }
    return {};
}

TEST(FirmRows, TotalsThatDisagreeAreReported) {
    const auto c = city(dozen());  // 130 of sales and 12 firms; River City says 70 and 40
    const auto warnings = warnings_of(c);
    std::string all;
    for (const auto& warning : warnings)
        if (warning.kind == "table_of_firms") all += warning.text + "\n";
    EXPECT_NE(all.find("industries.machines.base_sales = 70, and the rows of firms.csv add up to 130 (+86 %)"),
              all.npos)
        << all;
    EXPECT_NE(all.find("industries.machines.above_scale_firms = 40"), all.npos) << all;
    const auto agreed =
        city(dozen(), {{"industries.machines.base_sales", "130"}, {"industries.machines.above_scale_firms", "12"}});
    for (const auto& warning : warnings_of(agreed)) EXPECT_NE(warning.kind, "table_of_firms") << warning.text;
}

TEST(FirmRows, EffectiveScenarioSaysWhichTableItWas) {
    const auto c = city(dozen());
    const auto text = sim::to_toml(c, c.uncertain);
    const auto file = dozen();
    const auto again = read_config(sim::parse(text, "effective"), &file);
    EXPECT_EQ(sim::to_toml(again, again.uncertain), text);
    EXPECT_TRUE(begin_alike(c, again));
    EXPECT_NE(text.find("0123abcd"), text.npos);
    EXPECT_EQ(text.find("Firm 7"), text.npos) << "names of firms are not kept";

    const auto without = read_config(sim::parse(text, "effective"));
    EXPECT_TRUE(lacks_firms(without));
    EXPECT_THROW(static_cast<void>(initial(without, {1, 0})), sim::ScenarioError);
    auto changed = dozen();
    changed.sha256 = "ffff";
    EXPECT_THROW(static_cast<void>(read_config(sim::parse(text, "effective"), &changed)), sim::ScenarioError);
}

TEST(FirmRows, MistakesAreSaidInTheWordsOfTheFile) {
    const std::vector<std::string> headings = {"name", "industry", "place", "sales", "staff", "research"};
    const Settings staff = {{"population.columns.employees", "staff"}};
    const auto first = [&](const std::vector<std::string>& row) {
        const auto found = mistakes(file_of(headings, {{"A", "machines", "old_town", "3", "40", "0.1"}, row}), staff);
        return found.size() == 1 ? found[0] : fmt::format("{} mistakes", found.size());
    };
    EXPECT_EQ(first({"B", "machines", "old_town", "3", "", ""}), "0 mistakes");
    const auto contains = [](const std::string& text, const std::vector<std::string>& parts) {
        for (const auto& part : parts) EXPECT_NE(text.find(part), text.npos) << text;
    };
    contains(first({"B", "machnes", "old_town", "3", "", ""}),
             {"firms.csv:3:2:", "\"machnes\"", "did you mean \"machines\""});
    contains(first({"B", "machines", "Old Tow", "3", "", ""}), {"firms.csv:3:3:", "\"Old Tow\"", "Old Town"});
    contains(first({"B", "machines", "old_town", "3 million", "", ""}),
             {"firms.csv:3:4:", "sales = \"3 million\" is no number"});
    contains(first({"B", "machines", "old_town", "3", "-4", ""}),
             {"firms.csv:3:5:", "employees (\"staff\") = \"-4\" is negative", "at least 1"});
    contains(first({"B", "machines", "old_town", "", "4", ""}), {"firms.csv:3:4:", "is missing"});
    contains(first({"B", "machines", "old_town", "3", "4", "7"}), {"firms.csv:3:6:", "exceeds the firm's sales"});
    contains(first({"A", "machines", "old_town", "5", "4", ""}), {"firms.csv:3:1:", "line 2 already"});

    const auto missing = mistakes(file_of({"industry", "turnover"}, {{"machines", "3"}}));
    ASSERT_EQ(missing.size(), 1U);
    contains(missing[0], {"population.columns.sales", "no such column", "turnover"});
    const auto renamed = mistakes(file_of({"industry", "sales", "staff"}, {{"machines", "3", "4"}}),
                                  {{"population.columns.employees", "stuff"}});
    ASSERT_EQ(renamed.size(), 1U);
    contains(renamed[0], {"population.columns.employees", "stuff", "staff"});
    const auto named = mistakes(dozen(), {{"firms.big.name", "Big"},
                                          {"firms.big.source", "x"},
                                          {"firms.big.industry", "machines"},
                                          {"firms.big.place", "old_town"},
                                          {"firms.big.base_sales", "9"}});
    ASSERT_EQ(named.size(), 1U);
    contains(named[0], {"firms of \"machines\" are those of firms.csv"});
    const Rows many(100, {"machines", "x"});
    EXPECT_LE(mistakes(file_of({"industry", "sales"}, many)).size(), 25U) << "the first are enough";
    const auto unit = mistakes(file_of({"industry", "sales"}, {{"machines", "300"}}), {{"population.unit", "1e4"}});
    ASSERT_EQ(unit.size(), 1U);
    contains(unit[0], {"population.unit"});
}

TEST(FirmRows, UnitOfMoneyIsThatOfTheTable) {
    auto in_ten_thousands = dozen();
    auto& table = in_ten_thousands.table;
    for (std::size_t k = 0; k < table.cells.size(); ++k) {
        const auto& heading = table.headings[k % table.headings.size()];
        if (heading == "sales" || heading == "research" || heading == "capital" || heading == "group_sales")
            table.cells[k] = fmt::format("{}", 1e4 * std::stod(table.cells[k]));
    }
    const auto one = city(dozen()), other = city(in_ten_thousands, {{"population.unit", "1e4"}});
    for (std::size_t k = 0; k < 12; ++k) {
        EXPECT_NEAR(one.population.rows->rows[k].sales, other.population.rows->rows[k].sales, 1e-12);
        EXPECT_NEAR(one.population.rows->rows[k].capital, other.population.rows->rows[k].capital, 1e-12);
    }
}

}  // namespace
