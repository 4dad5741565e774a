// Fields: who belongs to which, markets of their own, and totals that are those of the industry.
#include "models/growth/fields.hpp"

#include <algorithm>
#include <map>

#include "models/growth/cells.hpp"
#include "models/growth/loops.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::bits_of;
using growth_tests::flagship;
using growth_tests::simulate;

// (E60) 0.4 x 1.5 x e^(2 x 0.05) = 0.6 e^0.1
TEST(Fields, E60EntryWeightByHand) {
    EXPECT_NEAR(entry_weight(0.4, 1.5, 2.0, 0.05), 0.6 * std::exp(0.1), 1e-15);
    EXPECT_EQ(entry_weight(0.4, 1.0, 2.0, 0.0), 0.4);
    EXPECT_EQ(entry_weight(0.0, 1.5, 2.0, 0.05), 0.0);
}

TEST(Fields, OfTheFlagshipKeepTheTrendsOfTheirIndustries) {
    const auto c = flagship();
    std::map<std::string, double> demand, price;
    for (const auto& field : c.fields) {
        demand[field.industry] += field.share * field.demand_growth;
        price[field.industry] += field.share * field.price_growth;
    }
    EXPECT_EQ(demand.size(), c.industries.size());
    for (const auto& [industry, sum] : demand) EXPECT_NEAR(sum, 0, 0.005) << industry;
    price.erase("energy");  // whose photovoltaics fall faster
    for (const auto& [industry, sum] : price) EXPECT_NEAR(sum, 0, 0.005) << industry;
}

TEST(Fields, NamedFirmsStandInTheirs) {
    const auto c = flagship();
    const auto s = draw_population(c, {1, 0});
    std::size_t named = 0;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            if (s.firms.named(row) == 0) return;
            ++named;
            const auto& field =
                s.fields[s.industries[cell.industry].first_field + static_cast<std::size_t>(s.firms.field(row))];
            EXPECT_EQ(c.fields[field.row].key, c.firms[static_cast<std::size_t>(s.firms.named(row)) - 1].field);
        });
    EXPECT_EQ(named, c.firms.size());
}

// Above-scale firms are dealt: 25 of new energy beside its three named firms. What these sell their fields need not
// find elsewhere: 52 x (0.05, 0.06, 0.08, 0.44, 0.08, 0.04, 0.09, 0.09, 0.07) less 1.5, 20 and 3.5 of silicon, cells,
// equipment.
TEST(Fields, FirmsAreDealtByWhatIsLeftToMake) {
    const auto c = flagship();
    const auto energy = c.industries.index_of("energy");
    std::vector<std::uint64_t> ids(25);
    for (std::size_t k = 0; k < ids.size(); ++k) ids[k] = 1000 + k;
    const auto expected = whole_numbers({2.6 - 1.5, 3.12, 4.16, 22.88 - 20, 4.16, 2.08, 4.68 - 3.5, 4.68, 3.64}, 25);
    std::vector<std::vector<std::size_t>> seen;
    for (const std::uint32_t replicate : {0u, 1u}) {
        const sim::Draws draws{1, replicate};
        const auto dealt = deal_fields(c, draws, draw_population(c, draws), energy, ids);
        for (std::size_t k = 0; k < expected.size(); ++k)
            EXPECT_EQ(std::ranges::count(dealt, k), expected[k]) << "field " << k;
        seen.push_back(dealt);
    }
    EXPECT_NE(seen[0], seen[1]);  // who makes what is chance
}

// Sales of 2010 by field are on average the field's share. A large firm more or less moves a small industry's fields by
// some points, so that the mean of 400 populations is held to three.
TEST(Fields, SharesOfSalesAreMetOnAverage) {
    const auto c = flagship();
    constexpr std::uint32_t replicates = 400;
    std::vector<double> mean;
    for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
        const auto s = draw_population(c, {1, replicate});
        mean.resize(s.fields.size(), 0.0);
        for (std::size_t k = 0; k < s.fields.size(); ++k) {
            double industry = 0;
            for (const auto& field : s.fields)
                if (field.industry == s.fields[k].industry) industry += field.output;
            mean[k] += s.fields[k].output / industry / replicates;
        }
    }
    const auto places = lay_out_fields(c);
    for (std::size_t k = 0; k < mean.size(); ++k)
        EXPECT_NEAR(mean[k], c.fields[places[k].row].share, 0.03) << c.fields[places[k].row].key;
}

TEST(Fields, EntrantsChooseByWeightAndAttractedPlantsByPriority) {
    auto c = flagship({{"scenario.parameter_uncertainty", "false"}});
    auto s = initial(c, {1, 0});
    const auto equipment = c.industries.index_of("equipment");
    const Cell& cell = *std::ranges::find(s.cells, equipment, &Cell::industry);
    const auto first = s.industries[equipment].first_field;
    for (std::size_t k = 0; k < s.industries[equipment].fields; ++k) s.fields[first + k].entry_weight = 0;
    s.fields[first].entry_weight = 0.2;      // vehicles: focus
    s.fields[first + 3].entry_weight = 0.6;  // transport: cultivate
    constexpr int n = 20'000;
    const auto focus_share = [&](Origin origin) {
        int chosen = 0;
        for (std::uint64_t id = 0; id < n; ++id) {
            const auto field = field_of_entrant(c, {1, 0}, s, cell, origin, id);
            EXPECT_TRUE(field == 0 || field == 3);
            chosen += field == 0;
        }
        return static_cast<double>(chosen) / n;
    };
    const double error = 4 * std::sqrt(0.25 / n);
    EXPECT_NEAR(focus_share(Origin::start_up), 0.25, error);
    EXPECT_NEAR(focus_share(Origin::attracted), 1.5 * 0.2 / (1.5 * 0.2 + 0.6), error);
}

TEST(Fields, AddUpToTheIndustry) {
    const auto c = flagship();
    const auto record = simulate(c, 4);
    const auto places = lay_out_fields(c);
    for (std::size_t t = 0; t < static_cast<std::size_t>(Growth::steps(c)); ++t)
        for (std::size_t i = 0; i < c.industries.size(); ++i) {
            CellOutputs all;
            FieldOutputs fields;
            for (std::size_t k = 0; k < cluster_count(c); ++k) {
                const auto cell = record.cells.at(t, i, k);
                all.output += cell.output, all.sales += cell.sales, all.value_added += cell.value_added;
                all.firms += cell.firms;
            }
            for (std::size_t k = 0; k < places.size(); ++k) {
                if (places[k].industry != i) continue;
                const auto field = record.fields.at(t, k);
                fields.field_output += field.field_output, fields.field_sales += field.field_sales;
                fields.field_value_added += field.field_value_added, fields.field_firms += field.field_firms;
            }
            ASSERT_NEAR(fields.field_output, all.output, 1e-11 * all.output);
            ASSERT_NEAR(fields.field_sales, all.sales, 1e-11 * all.sales);
            ASSERT_NEAR(fields.field_value_added, all.value_added, 1e-11 * all.output);
            ASSERT_EQ(fields.field_firms, all.firms);
        }
}

// Without [fields] an industry is one field; a single row that deviates in nothing says the same.
TEST(Fields, AnIndustryWithoutThemIsOneField) {
    auto none = flagship();
    none.inputs.clear();
    none.fields.clear();
    for (auto& firm : none.firms) firm.field.clear();
    std::erase_if(none.uncertain, [](const auto& value) { return value.path.starts_with("fields."); });
    auto one = none;
    for (const auto& industry : one.industries) {
        IndustryField field;
        field.key = "all_" + industry.key, field.industry = industry.key;
        one.fields.push_back(field);
    }
    const auto axes = axes_of(none);
    const auto axis = std::ranges::find(axes, "field", &sim::Axis::name);
    ASSERT_NE(axis, axes.end());
    ASSERT_EQ(axis->keys.size(), none.industries.size());
    EXPECT_EQ(axis->keys.front(), none.industries.front().key);
    EXPECT_EQ(bits_of(simulate(one, 1)), bits_of(simulate(none, 1)));
}

// The price of modules on the macro path as it came, which halves it in 2011: from the middle of the last step of 2010
// to that of the last of 2011 seven eighths of that (E115).
TEST(Fields, APathOfOneFieldIsItsOwn) {
    auto c = growth_tests::load("scenarios/shaoxing-2011/plan-hindcast.toml",
                                {{"scenario.parameter_uncertainty", "false"}, {"scenario.years", "1"}});
    for (auto& industry : c.industries) industry.price_volatility = 0;
    for (auto& field : c.fields) field.price_volatility = 0;
    for (auto& factor : c.factors) factor.volatility = factor.jump_rate = 0;
    growth_tests::Replicate run(c, 0);
    run.through(4, [](int) {});
    const auto price = [&](const char* key) {
        const auto row = c.fields.index_of(key);
        return std::ranges::find(run.state.fields, row, &FieldState::row)->price;
    };
    EXPECT_NEAR(price("pv_module"), std::exp(-0.693 * 0.875), 1e-12);
    EXPECT_NEAR(price("pv_silicon"), std::exp(-0.981 * 0.875), 1e-12);
    // industry -0.03, own 0, common 0.06 in force until the middle of 2011 and then -0.017, half of each in the step
    // between (E115); before the start, (E93)
    const double steps = 0.03 + 0.03 + 0.5 * (0.03 - 0.047) - 0.047;
    EXPECT_NEAR(price("wind_equipment"), std::exp(0.375 * 0.03 + 0.25 * steps), 1e-12);
    EXPECT_LT(price("pv_cell"), 0.7);  // follows modules by its link
}

}  // namespace
