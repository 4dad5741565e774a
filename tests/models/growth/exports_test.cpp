// Exports: the share of its sales that a scenario says a firm exports, and nothing where it says none.
#include "models/growth/measure/exports.hpp"

#include <cmath>
#include <vector>

#include "models/growth/cells.hpp"
#include "models/growth/loops.hpp"
#include "sim/describe/errors.hpp"
#include "tests/models/growth/firm_tables.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::city;
using growth_tests::file_of;
using growth_tests::load;
using growth_tests::Replicate;
using growth_tests::Rows;
using growth_tests::Settings;
using growth_tests::simulate;

constexpr auto plan = "scenarios/shaoxing-2011/plan.toml";
constexpr auto river = "scenarios/tutorial/river-city.toml";

template <class Outputs>
void expect_share(const Outputs& seen, double share) {
    EXPECT_NEAR(seen.exports, share * seen.sales, 1e-12 * (1 + seen.sales));
}

// A quarter of what an industry sells, whichever firm sells it; nothing is known of the others, nor of places where
// both sell.
TEST(Exports, AreTheShareOfSales) {
    const auto c = load(plan, {{"industries.energy.exports_share", "0.25"}});
    const auto record = simulate(c, 2);
    const auto energy = c.industries.index_of("energy");
    double sold = 0;
    for (const std::size_t t : {std::size_t{0}, std::size_t{11}})
        for (std::size_t i = 0; i < c.industries.size(); ++i) {
            for (std::size_t k = 0; k < cluster_count(c); ++k) {
                const auto seen = record.cells.at(t, i, k);
                if (i == energy)
                    expect_share(seen, 0.25);
                else
                    EXPECT_TRUE(std::isnan(seen.exports));
                sold += seen.exports > 0 ? seen.exports : 0;
            }
            for (std::size_t k = 0; k < c.places.size(); ++k)
                if (i == energy)
                    expect_share(record.industry_places.at(t, i, k), 0.25);
                else
                    EXPECT_TRUE(std::isnan(record.industry_places.at(t, i, k).exports));
        }
    EXPECT_GT(sold, 0);
    EXPECT_TRUE(std::isnan(record.places.at(0, 0).exports));
}

// Also by place, and in the year before the start.
TEST(Exports, OfPlacesAreKnownWhereAllIndustriesSayThem) {
    const auto c =
        load(river, {{"industries.machines.exports_share", "0.3"}, {"industries.medicine.exports_share", "0.3"}});
    const auto record = simulate(c, 1);
    for (std::size_t k = 0; k < c.places.size(); ++k) {
        expect_share(record.places.at(5, k), 0.3);
        EXPECT_GT(record.places.at(5, k).exports, 0);
    }
    const Replicate run(c, 1);
    for (const auto& seen : run.state.base_year.places) expect_share(seen, 0.3);
}

// Nothing else that is simulated depends on where sales go.
TEST(Exports, MoveNothingElse) {
    const auto without = simulate(load(river), 1);
    const auto with = simulate(load(river, {{"industries.machines.exports_share", "0.8"}}), 1);
    const auto before = sim::columns_of(without), after = sim::columns_of(with);
    std::vector<std::string_view> names;
    Record::describe_cubes(without, [&](const auto& cube) {
        for (const auto& spec : cube.specs()) names.push_back(spec.name);
    });
    ASSERT_EQ(before.size(), after.size());
    std::size_t other = 0;
    for (std::size_t k = 0; k < before.size(); ++k)
        for (std::size_t at = 0; at < before[k].size(); ++at)
            if (growth_tests::bits(before[k][at]) != growth_tests::bits(after[k][at])) {
                EXPECT_TRUE(is_exports(names[k])) << names[k];
                ++other;
            }
    EXPECT_GT(other, 0U);
}

// Rows of a table say their own; of those that do not, and of the industry where it says none, the mean of the others
// by sales: (10 x 0.9 + 30 x 0.1) / 40 = 0.3.
growth::FirmFile three(const char* third = "") {
    return file_of({"name", "industry", "place", "sales", "exports_share"},
                   {{"A", "machines", "old_town", "10", "0.9"},
                    {"B", "machines", "old_town", "30", "0.1"},
                    {"C", "machines", "old_town", "5", third}});
}

TEST(Exports, OfATableAreThoseOfItsRows) {
    for (const bool says : {false, true}) {
        const auto c = city(three(), says ? Settings{{"industries.machines.exports_share", "0.5"}} : Settings{});
        const double others = says ? 0.5 : 0.3;
        ASSERT_NEAR(c.industries[0].exports_share.value(), others, 1e-15);
        EXPECT_FALSE(c.industries[1].exports_share.has_value());
        Replicate run(c, 0);
        const double of_rows[] = {0.9, 0.1, others};
        int seen = 0, entrants = 0;
        const auto look = [&](int) {
            const auto& f = run.state.firms;
            for (const Cell& cell : run.state.cells)
                for_each_living(run.state, cell, [&](sim::Index row) {
                    const auto which = static_cast<int>(f.table_row(row));
                    if (cell.industry != 0) {  // medicine says none
                        EXPECT_EQ(f.exports_share(row), 0);
                        return;
                    }
                    EXPECT_GE(f.exports_share(row), 0.1 - 1e-12);
                    if (which > 0 && run.state.demography.mergers == 0) {
                        EXPECT_NEAR(f.exports_share(row), of_rows[which - 1], 1e-15);
                        ++seen;
                    }
                    entrants += which == 0 && std::abs(f.exports_share(row) - others) < 1e-15;
                });
        };
        look(0);
        EXPECT_EQ(seen, 3);
        run.through(4, [](int) {});
        look(0);
        EXPECT_GT(entrants, 0);
    }
}

TEST(Exports, OfAFirmKnownByNameAreItsOwn) {
    const auto c = load(plan, {{"firms.dunan.exports_share", "0.75"}, {"industries.equipment.exports_share", "0.2"}});
    const Replicate run(c, 0);
    const auto which = static_cast<double>(c.firms.index_of("dunan") + 1);
    int seen = 0;
    for (const Cell& cell : run.state.cells)
        for_each_living(run.state, cell, [&](sim::Index row) {
            if (run.state.firms.named(row) != which) return;
            EXPECT_NEAR(run.state.firms.exports_share(row), 0.75, 0.1);  // of what it took over, the industry's
            ++seen;
        });
    EXPECT_EQ(seen, 1);
}

TEST(Exports, ARowSaysAShare) {
    try {
        city(three("1.5"));
        FAIL() << "150 % are exported";
    } catch (const sim::ScenarioError& error) {
        EXPECT_NE(std::string(error.what()).find("exports_share = \"1.5\""), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("a share, 0 to 1"), std::string::npos) << error.what();
    }
}

// Half of all that is sold, where all say so; growth since the year before the start is that of sales.
TEST(Exports, AreCountedByTargets) {
    const Settings says = {{"industries.machines.exports_share", "0.5"},
                           {"industries.medicine.exports_share", "0.5"},
                           {"targets.abroad", R"({output = "exports", measure = "share", of = "sales", value = 0.4})"},
                           {"targets.more", R"({output = "exports", measure = "growth", value = 0.1})"},
                           {"targets.sold", R"({output = "sales", measure = "growth", value = 0.1})"},
                           {"targets.town", R"({output = "exports", where = {place = "old_town"}, value = 1})"}};
    const auto c = load(river, says);
    const auto record = simulate(c, 0);
    const auto value = [&](const char* key) { return record.targets.at(c.targets.index_of(key)).target_value; };
    EXPECT_NEAR(value("abroad"), 0.5, 1e-12);
    EXPECT_NEAR(value("more"), value("sold"), 1e-12);
    EXPECT_GT(value("town"), 0);
}

// A sum is known where all of its parts are.
TEST(Exports, OfIndustriesThatSayNoneAreNoTarget) {
    const auto refused = [](const char* target) {
        try {
            load(river, {{"industries.machines.exports_share", "0.5"}, {"targets.abroad", target}});
            return std::string();
        } catch (const sim::ScenarioError& error) {
            return std::string(error.what());
        }
    };
    EXPECT_EQ(refused(R"({output = "exports", where = {industry = "machines"}, value = 1})"), "");
    for (const char* target :
         {R"({output = "exports", value = 1})", R"({output = "exports", where = {place = "old_town"}, value = 1})",
          R"({output = "exports", where = {industry = "medicine"}, value = 1})",
          R"({output = "sales", measure = "share", of = "exports", value = 1})"})
        EXPECT_NE(refused(target).find("industries.medicine.exports_share"), std::string::npos) << target;
}

}  // namespace
