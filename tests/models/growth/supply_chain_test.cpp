// The chain: demand travels upstream stage by stage, prices both ways, and suppliers that are missing are felt.
#include "models/growth/supply_chain.hpp"

#include "models/growth/innovation.hpp"
#include "models/growth/loops.hpp"
#include "tests/models/growth/support.hpp"

namespace {

using namespace growth;
using growth_tests::bits;
using growth_tests::flagship;
using growth_tests::Replicate;

// (E61) 0.3 min(1, 2 / 8) = 0.075; who needs more than is made takes 0.3 of it
TEST(SupplyChain, E61LocalPartByHand) {
    EXPECT_NEAR(local_part(0.3, 2.0, 8.0), 0.075, 1e-17);
    EXPECT_EQ(local_part(0.3, 20.0, 8.0), 0.3);
    EXPECT_EQ(local_part(0.3, 2.0, 0.0), 0.0);  // nothing is made
    EXPECT_EQ(local_part(0.3, 0.0, 8.0), 0.0);  // nobody buys
}

// (E62) 0.9 x 0.02 + 0.1 x 0.2 = 0.038
TEST(SupplyChain, E62LinkedDemandByHand) {
    EXPECT_NEAR(linked_demand(0.02, 0.1, 0.2), 0.038, 1e-17);
    EXPECT_EQ(linked_demand(0.02, 0.0, 0.2), 0.02);
    EXPECT_EQ(linked_demand(0.02, 1.0, 0.2), 0.2);
}

// (E63) 1 - e^(-4 ln 2 / 4) = 1/2 of the way, weight 0.8: 0.5 x 0.8 x ln(1 / 2)
TEST(SupplyChain, E63PricePullByHand) {
    EXPECT_NEAR(price_pull(4 * std::log(2.0), 0.8, 1.0, 0.5, 0.25), -0.4 * std::log(2.0), 1e-16);
    EXPECT_EQ(price_pull(4.0, 0.8, 0.7, 0.7, 0.25), 0.0);  // nothing to follow
    EXPECT_EQ(price_pull(4.0, 0.0, 1.0, 0.5, 0.25), 0.0);  // a market of its own
    // Two half steps lead as far as a whole one.
    const double half = std::exp(price_pull(4.0, 1.0, 1.0, 0.5, 0.125));
    EXPECT_NEAR(std::log(half) + price_pull(4.0, 1.0, half, 0.5, 0.125), price_pull(4.0, 1.0, 1.0, 0.5, 0.25), 1e-15);
}

// (E64) 0.6 x 0.55 x 0.8 = 0.264
TEST(SupplyChain, E64CostElasticityByHand) {
    EXPECT_NEAR(cost_elasticity(0.6, 0.55, 0.2), 0.264, 1e-16);
    EXPECT_EQ(cost_elasticity(0.0, 0.55, 0.2), 0.0);
    EXPECT_EQ(cost_elasticity(0.6, 0.55, 1.0), 0.0);  // the input follows: no price chases its own tail
}

// (E65) 0.6 (1 - 0.5 / 0.8) = 0.225. Per unit of output: 0.2 at prices of 1; then v* P = 0.2 x 0.8 + 0.6 (0.8 - 0.5).
TEST(SupplyChain, E65InputMarginByHand) {
    EXPECT_NEAR(input_margin(0.6, 0.5, 0.8), 0.225, 1e-16);
    EXPECT_NEAR((0.2 + input_margin(0.6, 0.5, 0.8)) * 0.8, 0.2 * 0.8 + 0.6 * 0.3, 1e-16);
    EXPECT_EQ(input_margin(0.6, 0.7, 0.7), 0.0);  // prices that move together change no margin
    EXPECT_LT(input_margin(0.6, 1.0, 0.5), 0.0);  // the squeeze
}

// (E66) 3 of 4 units; at most all
TEST(SupplyChain, E66RequirementMetByHand) {
    EXPECT_EQ(requirement_met(3.0, 4.0), 0.75);
    EXPECT_EQ(requirement_met(9.0, 4.0), 1.0);
    EXPECT_EQ(requirement_met(0.0, 4.0), 0.0);
    EXPECT_EQ(requirement_met(3.0, 0.0), 1.0);
    EXPECT_EQ(requirement_met(0.0, 0.0), 0.0);
}

// (E67) 0.75 x 0.04 x 0.1 = 0.003
TEST(SupplyChain, E67UpstreamGainByHand) {
    EXPECT_NEAR(upstream_gain(0.75, 0.04, 0.1), 0.003, 1e-17);
    EXPECT_EQ(upstream_gain(0.75, 0.0, 0.1), 0.0);
    growth_tests::expect_lanes_equal_scalars(
        [](auto absorbs, auto linked) { return upstream_gain(absorbs, 0.04, linked); }, growth_tests::Span{0.5, 1},
        growth_tests::Span{-0.2, 0.2});
}

std::size_t position(const Config& c, const State& s, const std::string& key) {
    for (std::size_t k = 0; k < s.fields.size(); ++k)
        if (s.fields[k].row == c.fields.index_of(key)) return k;
    ADD_FAILURE() << "no field " << key;
    return 0;
}

// The stages, downstream first: each sells to the one before.
const std::vector<std::string> stages = {"pv_system", "pv_module", "pv_cell", "pv_wafer", "pv_crystal", "pv_silicon"};

TEST(SupplyChain, MatrixHoldsTheRecipes) {
    const auto c = flagship();
    const auto s = draw_population(c, {1, 0});
    const auto at = [&](const char* key) { return static_cast<Eigen::Index>(position(c, s, key)); };
    EXPECT_EQ(s.chain.inputs.nonZeros(), static_cast<Eigen::Index>(c.inputs.size()));
    EXPECT_EQ(s.chain.inputs.coeff(at("pv_cell"), at("pv_module")), 0.65);
    EXPECT_EQ(s.chain.inputs.coeff(at("pv_module"), at("pv_cell")), 0.0);
    EXPECT_NEAR(s.chain.inputs.col(at("pv_module")).sum(), 0.65 + 0.02 + 0.06, 1e-15);
    // One buyer moves the price of cells alone; those of furnaces together by a fifth, of metals not at all.
    EXPECT_EQ(s.chain.pulls.coeff(at("pv_module"), at("pv_cell")), 1.0);
    EXPECT_NEAR(s.chain.pulls.col(at("pv_equipment")).sum(), 0.2, 1e-15);
    EXPECT_EQ(s.chain.pulls.col(at("new_metals")).sum(), 0.0);
}

// Of the whole chain three stages make something: systems 10 (9 before), modules 4 (3.8), cells 1 (1).
TEST(SupplyChain, LinksByHand) {
    const auto c = flagship({{"parameters.supply_chain.local_sourcing", "0.5"},
                             {"parameters.supply_chain.price_adjustment", "4"},
                             {"parameters.supply_chain.cost_pass_through", "0.6"}});
    auto s = draw_population(c, {1, 0});
    for (auto& field : s.fields) field.output = field.output_before = 0;
    auto& system = s.fields[position(c, s, "pv_system")];
    auto& module = s.fields[position(c, s, "pv_module")];
    auto& cell = s.fields[position(c, s, "pv_cell")];
    auto& silicon = s.fields[position(c, s, "pv_silicon")];
    system.output = 10, system.output_before = 9;
    module.output = 4, module.output_before = 3.8;
    cell.output = cell.output_before = 1;
    module.price = 0.5, module.price_change = -0.1;
    follow_chain(c, s);

    EXPECT_NEAR(module.required, 5.5, 1e-15);
    EXPECT_NEAR(cell.required, 2.6, 1e-15);
    EXPECT_EQ(silicon.required, 0);
    EXPECT_EQ(module.local_part, 0.5);  // more is needed than made
    EXPECT_NEAR(module.required_change, std::log(10 / 9.0), 1e-15);
    EXPECT_NEAR(cell.required_change, std::log(4 / 3.8), 1e-15);
    EXPECT_EQ(system.required_change, 0);

    EXPECT_NEAR(system.inputs_met, 4 / 5.5, 1e-15);
    EXPECT_NEAR(system.linked_growth, 4 / 5.5 * std::log(4 / 3.8), 1e-15);
    // Of cells, glass and furnaces only cells are made here, and too few.
    EXPECT_NEAR(module.inputs_met, 0.65 / 0.73 / 2.6, 1e-15);
    EXPECT_EQ(module.linked_growth, 0);
    EXPECT_EQ(silicon.linked_growth, 0);  // furnaces are made neither now nor before

    EXPECT_NEAR(cell.price_link, (1 - std::exp(-1.0)) * std::log(0.5), 1e-15);
    EXPECT_NEAR(system.price_link, 0.6 * 0.55 * -0.1, 1e-16);
    EXPECT_EQ(module.price_link, 0);  // modules have a market of their own
    EXPECT_NEAR(value_added_ratio(c, s, position(c, s, "pv_system")), 0.22 + 0.55 * 0.5, 1e-15);
    EXPECT_NEAR(value_added_ratio(c, s, position(c, s, "pv_module")), 0.22 + 0.73 * (1 - 1 / 0.5), 1e-15);
}

TEST(SupplyChain, WhatIsMissingIsMissedByItsBuyers) {
    const auto c = flagship();
    auto s = draw_population(c, {1, 0});
    for (auto& field : s.fields) field.output = field.output_before = 100;
    follow_chain(c, s);
    const auto wafer = position(c, s, "pv_wafer"), crystal = position(c, s, "pv_crystal");
    EXPECT_EQ(s.fields[wafer].inputs_met, 1);
    s.fields[crystal].output = 0;
    follow_chain(c, s);
    EXPECT_NEAR(s.fields[wafer].inputs_met, 0.04 / 0.64, 1e-15);
    EXPECT_EQ(s.fields[position(c, s, "pv_module")].inputs_met, 1);
}

// Only the chain joins fields: whatever else does is switched off.
Config uncoupled() {
    growth_tests::Settings settings = {{"scenario.parameter_uncertainty", "false"},
                                       {"parameters.supply_chain.local_sourcing", "1"},
                                       {"parameters.supply_chain.upstream_elasticity", "0"}};
    for (const char* zero :
         {"demand.local_stealing", "demand.size_drag", "demand.order_size_exponent", "knowledge.own_agglomeration",
          "knowledge.spillover", "knowledge.congestion", "talent.scarcity", "talent.arrivals", "talent.team_rate",
          "standing.national_rate", "labour_market.wage_response", "entry.start_up_rate", "entry.spin_off_rate",
          "entry.attracted_rate", "entry.grafted_rate", "exit.closure_rate", "exit.merger_rate"})
        settings.push_back({std::string("parameters.") + zero, "0"});
    settings.push_back({"parameters.exit.arrears", "2"});            // nobody fails
    settings.push_back({"parameters.labour_market.turnover", "2"});  // workers enough, at one wage
    for (const auto& [key, value] : {std::pair{"crew_max", "3"}, std::pair{"labour_adjustment", "50"}})
        settings.push_back({std::string("parameters.production.") + key, value});  // and all can make more at once
    auto c = growth_tests::uncalibrated(settings);
    for (auto& place : c.places) place.land_supply = 1e5;
    return c;
}

struct Seen {
    std::vector<std::vector<FieldState>> fields;  // by step
    std::vector<double> margin;                   // surplus over sales of the last step, by field
};

Seen watch(const Config& c, int steps) {
    Replicate run(c, 3);
    Seen seen;
    run.through(steps, [&](int) { seen.fields.push_back(run.state.fields); });
    std::vector<double> surplus(run.state.fields.size()), sales(surplus);
    const auto& f = run.state.firms;
    for (const Cell& cell : run.state.cells)
        for_each_living(run.state, cell, [&](sim::Index row) {
            const auto k = run.state.industries[cell.industry].first_field + static_cast<std::size_t>(f.field(row));
            surplus[k] += f.surplus(row), sales[k] += f.sales(row);
        });
    for (std::size_t k = 0; k < sales.size(); ++k) seen.margin.push_back(sales[k] > 0 ? surplus[k] / sales[k] : 0.0);
    return seen;
}

std::vector<std::size_t> positions(const Config& c) {
    const auto s = draw_population(c, {1, 0});
    std::vector<std::size_t> all;
    for (const auto& key : stages) all.push_back(position(c, s, key));
    return all;
}

Config with(Config c, const char* field, double IndustryField::*what, double change) {
    c.fields[c.fields.index_of(field)].*what += change;
    return c;
}

TEST(SupplyChain, DemandForSystemsReachesEveryStageInTurn) {
    const auto c = uncoupled();
    const auto at = positions(c);
    const auto a = watch(c, 12), b = watch(with(c, "pv_system", &IndustryField::demand_growth, 0.3), 12);
    for (std::size_t t = 0; t < 12; ++t)
        for (std::size_t stage = 0; stage < stages.size(); ++stage) {
            const double change = b.fields[t][at[stage]].demand_change - a.fields[t][at[stage]].demand_change;
            if (t < stage) {
                ASSERT_EQ(change, 0) << stages[stage] << " hears of it too early, at step " << t;
            } else if (t == stage) {
                ASSERT_GT(change, 0) << stages[stage] << ", step " << t;
            }
        }
    std::vector<double> risen;
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
        risen.push_back(0);
        for (std::size_t t = 0; t < 12; ++t)
            risen[stage] += b.fields[t][at[stage]].demand_change - a.fields[t][at[stage]].demand_change;
        EXPECT_GT(risen[stage], 0) << stages[stage];
    }
    EXPECT_LT(risen[1], risen[0]) << "some of what modules sell goes elsewhere";
    for (std::size_t stage = 2; stage < stages.size(); ++stage)
        EXPECT_LT(risen[stage], risen[1]) << stages[stage] << " feels less of it";
}

TEST(SupplyChain, AFallOfModulePricesSqueezesWhatLiesUpstream) {
    const auto c = uncoupled();
    const auto at = positions(c);
    const auto a = watch(c, 8), b = watch(with(c, "pv_module", &IndustryField::price_growth, -0.3), 8);
    const auto relative = [&](std::size_t stage) {
        return b.fields.back()[at[stage]].price / a.fields.back()[at[stage]].price;
    };
    // two years, and three eighths before the start (E93)
    EXPECT_NEAR(relative(1), std::exp(-0.3 * 2.375), 0.01);
    for (std::size_t stage = 2; stage < stages.size(); ++stage) {
        EXPECT_LT(relative(stage), 1) << stages[stage];
        EXPECT_GT(relative(stage), relative(stage - 1)) << stages[stage] << " follows the stage below";
        EXPECT_LT(b.fields.back()[at[stage]].value_added_ratio, a.fields.back()[at[stage]].value_added_ratio);
        EXPECT_LT(b.margin[at[stage]], a.margin[at[stage]]) << stages[stage];
    }
    // Downstream it is cost: systems become cheaper by less than modules, and keep the rest.
    EXPECT_LT(relative(0), 1);
    EXPECT_GT(relative(0), relative(1));
    EXPECT_GT(b.fields.back()[at[0]].value_added_ratio, a.fields.back()[at[0]].value_added_ratio);
}

TEST(SupplyChain, WithoutLinksNothingTravels) {
    auto c = uncoupled();
    c.inputs.clear();
    const auto at = positions(c);
    const auto shocked =
        with(with(c, "pv_system", &IndustryField::demand_growth, 0.3), "pv_system", &IndustryField::price_growth, -0.3);
    const auto a = watch(c, 8), b = watch(shocked, 8);
    for (std::size_t t = 0; t < 8; ++t)
        for (std::size_t k = 0; k < a.fields[t].size(); ++k) {
            const auto &x = a.fields[t][k], &y = b.fields[t][k];
            if (k == at[0]) {
                EXPECT_NE(x.price, y.price);
                continue;
            }
            for (const auto member :
                 {&FieldState::demand_change, &FieldState::price, &FieldState::value_added_ratio, &FieldState::output})
                ASSERT_EQ(bits(x.*member), bits(y.*member)) << "field " << k << ", step " << t;
        }
}

// Suppliers that grow make their buyers more efficient, and nobody else.
TEST(SupplyChain, SuppliersThatGrowHelpTheirBuyers) {
    auto c = uncoupled();
    c.parameters.exit.merger_rate = 0;  // who takes another over has a mean of both
    // what is found, and what is built, depends on where one stands
    c.parameters.innovation.search_efficiency = c.parameters.investment.embodied_share = 0;
    Replicate plain(c, 3), linked(c, 3);
    linked.config.parameters.supply_chain.upstream_elasticity = 0.06;  // from here on, after a burn-in in common
    for (auto* run : {&plain, &linked})
        for (auto& field : run->state.fields) field.linked_growth = field.inputs_met < 1 ? 0.1 : 0.0;
    const auto helped = linked.state.fields;
    for (auto* run : {&plain, &linked}) run->through(1, [](int) {});
    std::size_t buyers = 0;
    for (const Cell& cell : linked.state.cells)
        for_each_living(linked.state, cell, [&](sim::Index row) {
            const auto& f = linked.state.firms;
            const auto k = linked.state.industries[cell.industry].first_field + static_cast<std::size_t>(f.field(row));
            const double gain = f.efficiency(row) - plain.state.firms.efficiency(row);
            if (helped[k].linked_growth > 0) {
                ++buyers;
                EXPECT_NEAR(gain, upstream_gain(absorptive_capacity(f.intensity(row)), 0.06, 0.1), 1e-12);
            } else {
                EXPECT_EQ(gain, 0);
            }
        });
    EXPECT_GT(buyers, 10);
}

}  // namespace
