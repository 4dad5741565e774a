#include "models/growth/measure/measure.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>
#include <utility>
#include <vector>

#include "models/growth/accounts.hpp"
#include "models/growth/by_field.hpp"
#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/measure/reporting.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/policy/costs.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/rest_of_industry.hpp"
#include "models/growth/state.hpp"
#include "sim/math/sum.hpp"

namespace growth {

namespace {

constexpr std::array<const char*, origins> origin_names = {"Incumbent", "Start-up", "Spin-off", "Attracted", "Grafted"};
constexpr std::array<const char*, origins> origin_names_zh = {"原有", "新创", "衍生", "招商引进", "嫁接转型"};

// What is seen of some firms: their part of what is recorded of cells, industries and the city.
struct Sight {
    CellOutputs cell;
    IndustryOutputs industry;
    CityOutputs city;
    std::array<TierOutputs, tiers> by_tier{};
    double sales = 0;                 // yearly rate
    std::array<double, 4> largest{};  // sales, ascending
};

// Adds up members that add up; the others are zero in every part.
template <class Outputs>
void add(Outputs& all, Outputs part) {
    std::array<double, sim::Cube<Outputs>::members> parts{};
    std::size_t k = 0;
    Outputs::describe(part, [&](const sim::Spec&, double& value) { parts[k++] = value; });
    k = 0;
    Outputs::describe(all, [&](const sim::Spec&, double& total) { total += parts[k++]; });
}

void add_largest(std::array<double, 4>& largest, double value) {
    if (value <= largest[0]) return;
    largest[0] = value;
    for (std::size_t k = 0; k < 3 && largest[k] > largest[k + 1]; ++k) std::swap(largest[k], largest[k + 1]);
}

// Above-scale firms by the definition of the base year, as the plan's baseline counts them.
CellOutputs see_above_scale(const Config& c, const State& s, double elapsed, const Block& block) {
    const auto& f = s.firms;
    const double h = s.clock.dt();
    const auto p = c.parameters.population;
    const double made_of_sold = 1 / c.parameters.production.sales_ratio, price_of_plant = s.city.capital_price;
    const auto one = sim::Pack(1.0), none = sim::Pack(0.0);
    sim::LaneSum output, sales, value_added, investment, firms, larger, labour, capital, land, research;
    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto yearly = f.year_sales(at) / elapsed;
        // a plant opened in this step has made nothing yet: it stands there with the size it was designed for
        const auto known = sim::select(f.opened(at) > 0.0, f.sales(at), yearly);
        const auto there = sim::select(known >= p.base_threshold, one, none);
        const auto above = sim::select(yearly >= p.base_threshold, one, none);
        output.add(at, above * f.sales(at) * made_of_sold);
        sales.add(at, above * f.sales(at));
        value_added.add(at, above * f.value_added(at));
        research.add(at, above * f.research(at));
        investment.add(at, there * f.investment(at));
        firms.add(at, there);
        larger.add(at, sim::select(known >= p.new_threshold, one, none));
        labour.add(at, there * f.labour(at));
        capital.add(at, there * f.capital(at) * price_of_plant);
        land.add(at, there * f.land(at));
    });
    return {.output = output.total() * h,
            .sales = sales.total() * h,
            .value_added = value_added.total(),
            .investment = investment.total(),
            .firms = firms.total(),
            .firms_above_20m = larger.total(),
            .employment = labour.total(),
            .capital = capital.total(),
            .land = land.total(),
            .research = research.total() * h};
}

void see_everyone(const Config& c, const State& s, double elapsed, const Block& block, Sight& seen) {
    const auto& f = s.firms;
    const double h = s.clock.dt();
    const auto one = sim::Pack(1.0), none = sim::Pack(0.0);
    const ByTier relabelled = s.policy.effects.of(Channel::reported_research, block.cell);
    const auto count = [&](sim::Mask mask) { return sim::select(mask, one, none); };
    const double worn = c.parameters.investment.depreciation * s.city.capital_price * h;
    sim::LaneSum research, patents, patents_reported, debt, sales, national, provincial, high_tech, tax, relief;
    std::array<sim::LaneSum, 3> firms_above, groups_above;
    std::array<sim::LaneSum, tiers> tier_firms, tier_sales;
    constexpr std::array<double, 3> sizes = {10, 50, 100};
    sim::Pack fourth = none;
    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto sold = f.sales(at), alive = f.alive(at), tier = f.tier(at), yearly = f.year_sales(at) / elapsed;
        research.add(at, (f.research(at) + f.relabelled(at) * sold) * h * relabelled(tier));
        patents.add(at, f.patents(at));
        patents_reported.add(at, f.patents_reported(at));
        debt.add(at, f.debt(at));
        sales.add(at, sold);
        national.add(at, count(f.centre(at) == national_centre));
        provincial.add(at, count(f.centre(at) == provincial_centre));
        high_tech.add(at, f.high_tech(at));
        tax.add(at, f.tax(at));
        relief.add(at, tax_relief(c.parameters.accounts, f.surplus(at), f.interest(at), worn * f.opening_capital(at),
                                  f.high_tech(at)));
        for (std::size_t k = 0; k < tiers; ++k) {
            const auto there = sim::select(tier == static_cast<double>(k), alive, none);
            tier_firms[k].add(at, there);
            tier_sales[k].add(at, there * sold);
        }
        if (sim::any_of(sold > fourth)) {
            for_each_named(sold > fourth, at, [&](sim::Index row) { add_largest(seen.largest, f.sales(row)); });
            fourth = sim::Pack(seen.largest[0]);
        }
        if (const auto group = yearly * f.group_ratio(at); sim::any_of(sim::max(yearly, group) > sizes[0]))
            for (std::size_t k = 0; k < sizes.size(); ++k) {
                firms_above[k].add(at, count(yearly > sizes[k]));
                groups_above[k].add(at, count(group > sizes[k]));
            }
    });
    seen.sales = sales.total();
    seen.industry.research_reported = research.total();
    seen.industry.patents = patents.total();
    seen.industry.patents_reported = patents_reported.total();
    seen.industry.debt = debt.total();
    seen.city.national_centres = national.total();
    seen.city.provincial_centres = provincial.total();
    seen.city.high_tech_firms = high_tech.total();
    seen.city.income_tax = tax.total();
    seen.city.tax_relief = sim::max(relief.total(), 0.0);  // a rate above the usual one forgoes nothing
    seen.city.firms_above_10 = firms_above[0].total();
    seen.city.firms_above_50 = firms_above[1].total();
    seen.city.firms_above_100 = firms_above[2].total();
    seen.city.groups_above_50 = groups_above[1].total();
    seen.city.groups_above_100 = groups_above[2].total();
    for (std::size_t k = 0; k < tiers; ++k) seen.by_tier[k] = {tier_firms[k].total(), tier_sales[k].total() * h};
}

// By block.
std::vector<Sight> see_blocks(const Config& c, int absolute_step, const State& s) {
    const double elapsed = (s.clock.step_of_year(absolute_step) + 1) * s.clock.dt();
    std::vector<Sight> sights(s.blocks.size());
    for_each_block(s, [&](std::size_t k, const Block& block) {
        sights[k].cell = see_above_scale(c, s, elapsed, block);
        see_everyone(c, s, elapsed, block, sights[k]);
    });
    return sights;
}

void see_clusters(const Config& c, int step, const State& s, const std::vector<Sight>& sights, Record& record) {
    std::vector<CellOutputs> sums(c.industries.size() * cluster_count(c));
    for (std::size_t k = 0; k < sights.size(); ++k) {
        const Cell& cell = s.cells[s.blocks[k].cell];
        add(sums[cell.industry * cluster_count(c) + cell.cluster], sights[k].cell);
    }
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry)
        for (std::size_t cluster = 0; cluster < cluster_count(c); ++cluster)
            record.cells.put(sums[industry * cluster_count(c) + cluster], static_cast<std::size_t>(step), industry,
                             cluster);
}

void see_industries(const Config& c, int step, const State& s, const std::vector<Sight>& sights, Record& record) {
    for (std::size_t i = 0; i < s.industries.size(); ++i) {
        IndustryOutputs seen;
        std::array<double, 4> largest{};
        double sales = 0, output = 0;
        for (std::size_t k = 0; k < sights.size(); ++k) {
            if (s.cells[s.blocks[k].cell].industry != i) continue;
            add(seen, sights[k].industry);
            sales += sights[k].sales;
            output += sights[k].cell.output;
            for (const double value : sights[k].largest) add_largest(largest, value);
        }
        seen.price = s.industries[i].price;
        seen.national_demand = sim::exp(s.industries[i].log_demand);
        const double years_passed = (step + 1) * s.clock.dt();
        seen.output_reported = reported_output(output, c.industries[i].final_scope, years_passed,
                                               static_cast<double>(c.scenario.years), s.city.reporting_wedge);
        if (sales > 0) seen.concentration = (largest[0] + largest[1] + largest[2] + largest[3]) / sales;
        record.industries.put(seen, static_cast<std::size_t>(step), i);
    }
}

void see_city(const Config& c, int step, const State& s, const std::vector<Sight>& sights, Record& record) {
    const double h = s.clock.dt();
    CityOutputs seen;
    std::array<TierOutputs, tiers> by_tier{};
    double output = 0, value_added = 0, capital = 0;
    for (const Sight& sight : sights) {
        add(seen, sight.city);
        capital += sight.cell.capital;
        output += sight.cell.output;
        value_added += sight.cell.value_added;
        for (std::size_t k = 0; k < tiers; ++k) add(by_tier[k], sight.by_tier[k]);
    }
    const double rest = sim::max(s.city.rest_output - s.city.grafted_relabelled, 0.0) * s.city.rest_price * h;
    seen.all_industry_output = rest + output;
    seen.rest_output = rest;
    seen.rest_value_added = rest * c.scenario.all_industry_value_added_ratio;
    seen.all_industry_value_added = seen.rest_value_added + value_added;
    for (const auto& place : s.places) seen.rest_employment += rest_workers(s, place);
    seen.plants = capital - s.city.rest_capital_lacking * s.city.capital_price;
    seen.plant_wear = c.parameters.investment.depreciation * seen.plants * h;
    seen.price_level = s.city.rest_price;
    seen.unemployment = s.city.unemployment;
    seen.wage_premium = s.city.wage_premium;
    seen.closures = s.demography.closures;
    seen.bankruptcies = s.demography.bankruptcies;
    seen.mergers = s.demography.mergers;
    seen.refused = s.demography.refused;
    seen.without_land = s.demography.without_land;
    seen.research_cost = s.city.research_cost;
    seen.talents_arrived = s.city.talents_arrived;
    seen.talents_here = s.city.talents_here;
    seen.teams = s.city.teams;
    const auto t = static_cast<std::size_t>(step);
    record.city.put(seen, t);
    for (std::size_t k = 0; k < tiers; ++k) record.tiers.put(by_tier[k], t, k);
    for (std::size_t k = 0; k < origins; ++k) record.origins.put({.entries = s.demography.entries[k]}, t, k);
}

void see_levers(const Config& c, int step, const State& s, Record& record) {
    const auto t = static_cast<std::size_t>(step);
    for (std::size_t k = 0; k < s.policy.levers.size(); ++k) {
        const auto& [ledger, account] = std::tie(s.policy.levers[k].ledger, s.policy.levers[k].account);
        for (std::size_t who = 0; who < recipients; ++who) {
            const auto& row = ledger[who];
            record.levers.put({row.money, row.joined, row.received, row.leaked, row.services, row.land, row.persons}, t,
                              k, who);
        }
        record.accounts.put({account.asked, account.allotted, account.beyond, account.lapsed, account.waiting}, t, k);
        record.costs.put({account.forgone, account.loans, administration_of(c, s, k), land_loss_of(c, s, k)}, t, k);
        auto total = step == 0 ? PurseOutputs{} : record.purses.at(k);
        total.lever_asked_total += account.asked;
        total.lever_allotted_total += account.allotted;
        record.purses.put(total, k);
    }
}

}  // namespace

std::vector<sim::Axis> axes_of(const Config& c) {
    std::vector<sim::Axis> axes;
    axes.push_back(sim::calendar_axis("time", static_cast<int>(c.scenario.start_year),
                                      static_cast<std::size_t>(c.scenario.years * c.scenario.steps_per_year),
                                      static_cast<int>(c.scenario.steps_per_year)));
    const auto add_rows = [&](const char* name, const char* long_name, const char* long_name_zh, const auto& rows) {
        sim::Axis axis{.name = name, .long_name = long_name, .long_name_zh = long_name_zh};
        for (const auto& row : rows) {
            axis.keys.push_back(row.key);
            axis.labels.push_back(row.name);
            axis.labels_zh.push_back(row.name_zh);
        }
        axes.push_back(std::move(axis));
    };
    add_rows("industry", "Industry", "产业", c.industries);
    axes.push_back(field_axis(c));
    add_rows("cluster", "Cluster, or the rest of a place", "产业集聚区或其余地区", c.clusters);
    for (const auto& place : c.places) {
        axes.back().keys.push_back("rest_" + place.key);
        axes.back().labels.push_back("Rest of " + place.name);
        axes.back().labels_zh.push_back(place.name_zh + "其余");
    }
    sim::Axis tier{.name = "tier", .long_name = "Tier", .long_name_zh = "梯队"};
    for (std::size_t k = 0; k < tiers; ++k) {
        tier.keys.emplace_back(sim::word_of(static_cast<Tier>(k)));
        tier.labels.emplace_back(tier_names[k]);
        tier.labels_zh.emplace_back(tier_names_zh[k]);
    }
    axes.push_back(std::move(tier));
    axes.push_back({.name = "origin",
                    .keys = {origin_keys.begin(), origin_keys.end()},
                    .labels = {origin_names.begin(), origin_names.end()},
                    .labels_zh = {origin_names_zh.begin(), origin_names_zh.end()},
                    .long_name = "Origin",
                    .long_name_zh = "企业来源"});
    add_rows("lever", "Lever", "政策工具", c.levers);
    auto recipient = sim::axis_of(axes, "tier");
    recipient.name = "recipient";
    recipient.long_name = "Who received it: firms by tier, or nobody in particular";
    recipient.long_name_zh = "受益方";
    recipient.keys.emplace_back("public");
    recipient.labels.emplace_back("Services open to all");
    recipient.labels_zh.emplace_back("公共服务");
    axes.push_back(std::move(recipient));
    add_rows("target", "Target", "目标", c.targets);
    return axes;
}

std::vector<sim::Companion> target_companions(const std::vector<const Config*>& scenarios) {
    const auto along = [&]<class T>(const char* name, T of, const char* text, const char* text_zh) {
        std::vector<std::decay_t<decltype(of(scenarios[0]->targets[0]))>> values;
        const auto count = scenarios[0]->targets.size();
        for (const auto* config : scenarios)
            for (const auto& target : config->targets) values.push_back(of(target));
        bool differs = false;
        for (std::size_t i = count; i < values.size(); ++i) differs |= values[i] != values[i - count];
        if (!differs) values.resize(count);
        return sim::Companion{name, std::move(values), "target_unit", text, text_zh, differs};
    };
    const auto unit = [](const Target& target) { return target.unit; };
    const auto word = [](const Target& target) { return std::string(sim::word_of(target.comparison)); };
    return {
        along("target_unit", unit, "Unit of the target's values", "目标单位"),
        along("target_threshold", value_that_meets,
              "Value from which, or up to which, the target counts as met: its value with its tolerance; the median "
              "where it is uncertain",
              "目标达标值"),
        along("target_comparison", word, "Whether the target is met at least, or at most, at the threshold",
              "目标比较方式")};
}

void measure(const Config& c, int step, const State& s, Record& record) {
    const int absolute_step = step + s.clock.first_step();
    const auto sights = see_blocks(c, absolute_step, s);
    see_clusters(c, step, s, sights, record);
    see_industries(c, step, s, sights, record);
    see_fields(c, step, s, record);
    see_city(c, step, s, sights, record);
    see_levers(c, step, s, record);
}

void measure_baseline(const Config& c, const State& s, Record& record) {
    const auto& b = s.baseline;
    record.city_baseline.put({b.firms, b.investment, b.share, s.investment_adjustment});
    for (std::size_t i = 0; i < c.industries.size(); ++i) record.industry_baseline.put({b.sales[i]}, i);
}

}  // namespace growth
