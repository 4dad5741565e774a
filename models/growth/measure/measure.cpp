#include "models/growth/measure/measure.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

#include "models/growth/accounts.hpp"
#include "models/growth/by_field.hpp"
#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/measure/adding.hpp"
#include "models/growth/measure/exports.hpp"
#include "models/growth/measure/reporting.hpp"
#include "models/growth/policy/costs.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/sites.hpp"
#include "models/growth/rest_of_industry.hpp"
#include "models/growth/state.hpp"
#include "sim/math/sum.hpp"

namespace growth {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// What is seen of some firms: their part of what is recorded of cells, industries and the city.
struct Sight {
    CellOutputs cell;
    IndustryOutputs industry;
    CityOutputs city;
    std::array<TierOutputs, tiers> by_tier{};
    double sales = 0;                 // yearly rate
    std::array<double, 4> largest{};  // sales, ascending
};

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
    const double worn = c.parameters.investment.depreciation * price_of_plant * h;
    const auto one = sim::Pack(1.0), none = sim::Pack(0.0);
    sim::LaneSum output, sales, value_added, investment, firms, larger, labour, capital, land, research, wages, profits,
        exports;
    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto yearly = f.year_sales(at) / elapsed;
        // a plant opened in this step has made nothing yet: it stands there with the size it was designed for
        const auto known = sim::select(f.opened(at) > 0.0, f.sales(at), yearly);
        const auto there = sim::select(known >= p.base_threshold, one, none);
        const auto above = sim::select(yearly >= p.base_threshold, one, none);
        output.add(at, above * f.sales(at) * made_of_sold);
        sales.add(at, above * f.sales(at));
        exports.add(at, above * f.sales(at) * f.exports_share(at));
        value_added.add(at, above * f.value_added(at));
        research.add(at, above * f.research(at));
        wages.add(at, above * f.wages(at));
        profits.add(at, above * (f.surplus(at) - f.interest(at) - worn * f.opening_capital(at)));
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
            .firms_by_new_threshold = larger.total(),
            .employment = labour.total(),
            .capital = capital.total(),
            .land = land.total(),
            .research = research.total() * h,
            .wages = wages.total(),
            .profits = profits.total(),
            .exports = known_exports(c, s.cells[block.cell].industry, exports.total() * h)};
}

void see_everyone(const Config& c, const State& s, double elapsed, const Block& block, Sight& seen) {
    const auto& f = s.firms;
    const double h = s.clock.dt();
    const auto one = sim::Pack(1.0), none = sim::Pack(0.0);
    const ByTier relabelled = s.policy.effects.of(Channel::reported_research, block.cell);
    const auto count = [&](sim::Mask mask) { return sim::select(mask, one, none); };
    const double worn = c.parameters.investment.depreciation * s.city.capital_price * h;
    sim::LaneSum research, patents, patents_reported, debt, sales, national, provincial, high_tech, tax, relief,
        land_cost;
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
        land_cost.add(at, f.land_cost(at));
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
    seen.city.land_payments = land_cost.total();
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
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i].exports = known_exports(c, i / cluster_count(c), 0);
    for (std::size_t k = 0; k < sights.size(); ++k) {
        const Cell& cell = s.cells[s.blocks[k].cell];
        add(sums[cell.industry * cluster_count(c) + cell.cluster], sights[k].cell);
    }
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry)
        for (std::size_t cluster = 0; cluster < cluster_count(c); ++cluster)
            record.cells.put(sums[industry * cluster_count(c) + cluster], static_cast<std::size_t>(step), industry,
                             cluster);
}

// Geometric mean by output of firms of every size, missing where there is none.
std::vector<double> efficiency_by_place(const Config& c, const State& s) {
    std::vector<double> output(c.places.size()), efficiency(c.places.size());
    for (const Cell& cell : s.cells) {
        output[cell.place] += cell.now.output;
        efficiency[cell.place] += cell.now.output * cell.now.mean_efficiency;
    }
    for (std::size_t k = 0; k < efficiency.size(); ++k)
        efficiency[k] = output[k] > 0 ? sim::exp(efficiency[k] / output[k]) : unknown;
    return efficiency;
}

// What a place makes, net of what the rest of industry lacks there; taxes on it, and what a worker makes.
void see_worth(const Config& c, const State& s, const CellOutputs& firms, double rest_share, double rest_output,
               LocalOutputs& seen) {
    const double h = s.clock.dt(), at_price = s.city.rest_price * h, ratio = c.scenario.all_industry_value_added_ratio;
    // lines that were grafted left the rest of industry alike everywhere, as its workers did
    const double kept = s.city.rest_output > 0 ? 1 - sim::min(s.city.grafted_relabelled / s.city.rest_output, 1.0) : 1;
    seen.place_rest_output = rest_output * kept * at_price;
    seen.place_rest_lost = rest_share * s.city.rest_path * at_price - seen.place_rest_output;
    seen.place_net_output = firms.output - seen.place_rest_lost;
    seen.place_net_value_added = firms.value_added - ratio * seen.place_rest_lost;
    seen.place_production_tax = c.appraisal.production_taxes * firms.value_added;
    const bool anybody = firms.employment > 0;
    seen.place_sales_per_worker = anybody ? firms.sales / (firms.employment * h) : unknown;
    seen.place_value_added_per_worker = anybody ? firms.value_added / (firms.employment * h) : unknown;
}

void see_places(const Config& c, int step, const State& s, const std::vector<Sight>& sights, Record& record) {
    std::vector<CellOutputs> sums(c.places.size());
    std::vector<CellOutputs> by_industry(c.industries.size() * c.places.size());
    std::vector<LocalOutputs> local(c.places.size());
    for (std::size_t i = 0; i < by_industry.size(); ++i)
        by_industry[i].exports = known_exports(c, i / c.places.size(), 0);
    for (std::size_t k = 0; k < sights.size(); ++k) {
        const auto [industry, place] = std::pair(s.cells[s.blocks[k].cell].industry, s.cells[s.blocks[k].cell].place);
        add(sums[place], sights[k].cell);
        add(by_industry[industry * c.places.size() + place], sights[k].cell);
        local[place].place_income_tax += sights[k].city.income_tax;
        local[place].place_land_payments += sights[k].city.land_payments;
        local[place].place_tax_relief += sights[k].city.tax_relief;
    }
    const auto efficiency = efficiency_by_place(c, s);
    const double shares = std::accumulate(s.places.begin(), s.places.end(), 0.0,
                                          [](double sum, const auto& place) { return sum + place.rest_share; });
    for (std::size_t k = 0; k < c.places.size(); ++k) {
        const auto& place = s.places[k];
        local[k].place_wage = s.city.wage * place.wage_premium;
        local[k].place_land_reserve = s.land_reserve[k];
        local[k].place_land_taken = place.land_taken;
        local[k].place_rest_employment = rest_workers(s, place);
        local[k].place_labour_force = place.labour_force;
        local[k].place_invested = s.place_investment[k];
        see_worth(c, s, sums[k], place.rest_share / shares, place.rest_output, local[k]);
        local[k].place_total_factor_productivity = efficiency[k];
        record.places.put(PlaceOutputs{sums[k]}, static_cast<std::size_t>(step), k);
        record.local.put(local[k], static_cast<std::size_t>(step), k);
    }
    for (std::size_t k = 0; k < by_industry.size(); ++k)
        record.industry_places.put(IndustryPlaceOutputs{by_industry[k]}, static_cast<std::size_t>(step),
                                   k / c.places.size(), k % c.places.size());
}

void see_industries(const Config& c, int step, const State& s, const std::vector<Sight>& sights, Record& record) {
    for (std::size_t i = 0; i < s.industries.size(); ++i) {
        IndustryOutputs seen;
        std::array<double, 4> largest{};
        double sales = 0, output = 0;
        CellOutputs above_scale;
        for (std::size_t k = 0; k < sights.size(); ++k) {
            if (s.cells[s.blocks[k].cell].industry != i) continue;
            add(seen, sights[k].industry);
            sales += sights[k].sales;
            output += sights[k].cell.output;
            above_scale.sales += sights[k].cell.sales;
            above_scale.employment += sights[k].cell.employment;
            above_scale.value_added += sights[k].cell.value_added;
            for (const double value : sights[k].largest) add_largest(largest, value);
        }
        seen.price = s.industries[i].price;
        seen.national_demand = sim::exp(s.industries[i].log_demand);
        const double years_passed = (step + 1) * s.clock.dt();
        seen.output_reported = reported_output(output, c.industries[i].final_scope, years_passed,
                                               static_cast<double>(c.scenario.years), s.city.reporting_wedge);
        seen.total_factor_productivity = sim::exp(s.industries[i].mean_efficiency);
        if (above_scale.employment > 0) {
            seen.sales_per_worker = above_scale.sales / (above_scale.employment * s.clock.dt());
            seen.value_added_per_worker = above_scale.value_added / (above_scale.employment * s.clock.dt());
        }
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
    seen.wage = s.city.wage * s.city.wage_premium;
    seen.production_tax = c.appraisal.production_taxes * value_added;
    seen.rest_lost = s.city.rest_path * s.city.rest_price * h - rest;
    seen.net_output = output - seen.rest_lost;
    seen.net_value_added = value_added - seen.rest_lost * c.scenario.all_industry_value_added_ratio;
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

// By lever, of the clusters in which anything lies. Sites of levers that are made like one another are of one kind:
// they count for each of these levers, and once.
std::vector<double> shares_with_site(const Config& c, const State& s) {
    std::vector<char> there(c.levers.size() * c.clusters.size(), 0);
    const auto& rows = c.components->of<Site>();
    for (const Site& of : rows)
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (&rows[row] != &of && (!of.has_twins || rows[row].draw_key != of.draw_key)) continue;
            const auto& working = s.policy.components->of<Site>()[row].working;
            for (std::size_t k = 0; k < c.clusters.size(); ++k)
                there[of.lever_index * c.clusters.size() + k] |= working[k] > 0;
        }
    std::vector<double> shares(c.levers.size(), 0.0);
    for (std::size_t i = 0; i < there.size(); ++i) shares[i / c.clusters.size()] += there[i];
    double clusters = 0;
    for (const auto& cluster : c.clusters) clusters += lies_somewhere(c, cluster);
    for (double& share : shares)
        if (clusters > 0) share /= clusters;
    return shares;
}

void see_levers(const Config& c, int step, const State& s, Record& record) {
    const auto t = static_cast<std::size_t>(step);
    const auto with_site = shares_with_site(c, s);
    for (std::size_t k = 0; k < s.policy.levers.size(); ++k) {
        const auto& [ledger, account] = std::tie(s.policy.levers[k].ledger, s.policy.levers[k].account);
        for (std::size_t who = 0; who < recipients; ++who) {
            const auto& row = ledger[who];
            record.levers.put({row.money, row.joined, row.received, row.leaked, row.services, row.land, row.persons}, t,
                              k, who);
        }
        record.accounts.put(
            {account.asked, account.allotted, account.beyond, account.lapsed, account.waiting, with_site[k]}, t, k);
        record.costs.put({account.forgone, account.loans, administration_of(c, s, k), land_loss_of(c, s, k),
                          s.policy.levers[k].in_no_place},
                         t, k);
        for (std::size_t place = 0; place < c.places.size(); ++place) {
            const auto& [money, beyond] = s.policy.levers[k].in_place[place];
            record.place_levers.put({money, beyond}, t, k, place);
        }
        auto total = step == 0 ? PurseOutputs{} : record.purses.at(k);
        total.lever_asked_total += account.asked;
        total.lever_allotted_total += account.allotted;
        record.purses.put(total, k);
    }
}

}  // namespace

void measure(const Config& c, int step, const State& s, Record& record) {
    const int absolute_step = step + s.clock.first_step();
    const auto sights = see_blocks(c, absolute_step, s);
    see_clusters(c, step, s, sights, record);
    see_places(c, step, s, sights, record);
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
