#include "models/growth/measure.hpp"

#include <algorithm>
#include <array>

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "sim/math/sum.hpp"

namespace growth {

namespace {

constexpr std::array<const char*, origins> origin_keys = {"incumbent", "start_up", "spin_off", "attracted", "grafted"};
constexpr std::array<const char*, origins> origin_names = {"Incumbent", "Start-up", "Spin-off", "Attracted", "Grafted"};
constexpr std::array<const char*, origins> origin_names_zh = {"原有", "新创", "衍生", "招商引进", "嫁接转型"};

// Sales since the year began at a yearly rate: what a year-end statistic will say, as far as it is known.
double yearly_sales(const State& s, int absolute_step, sim::Index row) {
    return s.firms.year_sales(row) / ((s.clock.step_of_year(absolute_step) + 1) * s.clock.dt());
}

// Above-scale firms by the definition of 2010, as the plan's baseline counts them.
CellOutputs see_cell(const Config& c, const State& s, int absolute_step, const Cell& cell) {
    const auto& f = s.firms;
    const double h = s.clock.dt(), price = s.industries[cell.industry].price;
    const double elapsed = (s.clock.step_of_year(absolute_step) + 1) * h;
    const auto& p = c.parameters.population;
    const auto one = sim::Pack(1.0), none = sim::Pack(0.0);
    sim::LaneSum output, sales, value_added, investment, firms, larger, labour, capital, land, research;
    sim::for_each_lanes(cell.rows, [&](sim::Lanes at) {
        const auto yearly = f.year_sales(at) / elapsed;
        // a firm founded in this step has made nothing yet: it stands there with the size it was founded with
        const auto known = sim::select(f.year_sales(at) > 0.0, yearly, f.sales(at));
        const auto there = sim::select(known >= p.threshold_2010, one, none);
        const auto above = sim::select(yearly >= p.threshold_2010, one, none);
        output.add(at, above * f.output(at));
        sales.add(at, above * f.sales(at));
        value_added.add(at, above * f.value_added(at));
        research.add(at, above * f.research(at));
        investment.add(at, there * f.investment(at));
        firms.add(at, there);
        larger.add(at, sim::select(known >= p.threshold_2011, one, none));
        labour.add(at, there * f.labour(at));
        capital.add(at, there * f.capital(at));
        land.add(at, there * f.land(at));
    });
    return {.output = output.total() * price * h,
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

void see_clusters(const Config& c, int step, int absolute_step, const State& s, Record& record) {
    std::vector<CellOutputs> sums(c.industries.size() * cluster_count(c));
    for (const Cell& cell : s.cells) {
        auto seen = see_cell(c, s, absolute_step, cell);
        auto& sum = sums[cell.industry * cluster_count(c) + cell.cluster];
        std::array<double, sim::Cube<CellOutputs>::members> parts{};
        std::size_t k = 0;
        CellOutputs::describe(seen, [&](const sim::Field&, double& part) { parts[k++] = part; });
        k = 0;
        CellOutputs::describe(sum, [&](const sim::Field&, double& total) { total += parts[k++]; });
    }
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry)
        for (std::size_t cluster = 0; cluster < cluster_count(c); ++cluster)
            record.cells.put(sums[industry * cluster_count(c) + cluster], static_cast<std::size_t>(step), industry,
                             cluster);
}

void see_industries(const Config& c, int step, int absolute_step, const State& s, Record& record) {
    const auto& f = s.firms;
    const double h = s.clock.dt();
    for (std::size_t i = 0; i < s.industries.size(); ++i) {
        IndustryOutputs seen{.price = s.industries[i].price, .national_demand = sim::exp(s.industries[i].log_demand)};
        std::array<double, 5> largest{};  // ascending; the first is scratch
        double sales = 0, output = 0;
        for (const Cell& cell : s.cells) {
            if (cell.industry != i) continue;
            for_each_living(s, cell, [&](sim::Index row) {
                const double relabelled = c.parameters.innovation.relabelled;
                seen.research_reported += f.research(row) * h * (f.high_tech(row) > 0 ? 1 / (1 - relabelled) : 1.0);
                seen.patents += f.patents(row);
                seen.patents_reported += f.patents_reported(row);
                seen.debt += f.debt(row);
                sales += f.sales(row);
                if (yearly_sales(s, absolute_step, row) >= c.parameters.population.threshold_2010)
                    output += f.output(row) * seen.price * h;
                largest[0] = f.sales(row);
                for (std::size_t k = 0; k < 4 && largest[k] > largest[k + 1]; ++k)
                    std::swap(largest[k], largest[k + 1]);
            });
        }
        const double years_passed = (step + 1) * h;
        seen.output_reported = reported_output(output, c.industries[i].scope_2015, years_passed,
                                               static_cast<double>(c.scenario.years), c.parameters.reporting.inflation);
        if (sales > 0) seen.concentration = (largest[1] + largest[2] + largest[3] + largest[4]) / sales;
        record.industries.put(seen, static_cast<std::size_t>(step), i);
    }
}

void see_city(const Config& c, int step, int absolute_step, const State& s, Record& record) {
    const auto& f = s.firms;
    const double h = s.clock.dt();
    CityOutputs seen;
    std::array<TierOutputs, tiers> by_tier{};
    double output = 0, value_added = 0;
    for (const Cell& cell : s.cells)
        for_each_living(s, cell, [&](sim::Index row) {
            const double yearly = yearly_sales(s, absolute_step, row), group = yearly * f.group_ratio(row);
            if (yearly >= c.parameters.population.threshold_2010) {
                output += f.output(row) * s.industries[cell.industry].price * h;
                value_added += f.value_added(row);
            }
            auto& tier = by_tier[static_cast<std::size_t>(f.tier(row))];
            tier.tier_firms += 1;
            tier.tier_sales += f.sales(row) * h;
            seen.national_centres += f.centre(row) == national_centre;
            seen.provincial_centres += f.centre(row) == provincial_centre;
            seen.high_tech_firms += f.high_tech(row);
            seen.firms_above_10 += yearly > 10;
            seen.firms_above_50 += yearly > 50;
            seen.firms_above_100 += yearly > 100;
            seen.groups_above_50 += group > 50;
            seen.groups_above_100 += group > 100;
        });
    const double rest = sim::max(s.city.rest_output - s.city.grafted_relabelled, 0.0) * s.city.rest_price * h;
    seen.all_industry_output = rest + output;
    seen.all_industry_value_added = rest * c.scenario.all_industry_value_added_ratio + value_added;
    seen.closures = s.demography.closures;
    seen.bankruptcies = s.demography.bankruptcies;
    seen.mergers = s.demography.mergers;
    seen.refused = s.demography.refused;
    seen.research_cost = s.city.research_cost;
    seen.talents_arrived = s.city.talents_arrived;
    seen.talents_here = s.city.talents_here;
    seen.teams = s.city.teams;
    const auto t = static_cast<std::size_t>(step);
    record.city.put(seen, t);
    for (std::size_t k = 0; k < tiers; ++k) record.tiers.put(by_tier[k], t, k);
    for (std::size_t k = 0; k < origins; ++k) record.origins.put({.entries = s.demography.entries[k]}, t, k);
    for (std::size_t k = 0; k < s.policy.ledger.size(); ++k) {
        const auto& row = s.policy.ledger[k];
        record.levers.put({row.money, row.joined, row.received, row.leaked, row.land, row.persons}, t, k);
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
    sim::Axis lever{.name = "lever", .long_name = "Lever", .long_name_zh = "政策工具"};
    Levers::visit(c.levers, [&](const auto& each) {
        lever.keys.emplace_back(each.facts.key);
        lever.labels.emplace_back(each.facts.name);
        lever.labels_zh.emplace_back(each.facts.name_zh);
    });
    axes.push_back(std::move(lever));
    add_rows("target", "Target", "目标", c.targets);
    return axes;
}

void measure(const Config& c, int step, const State& s, Record& record) {
    const int absolute_step = step + s.clock.first_step();
    see_clusters(c, step, absolute_step, s, record);
    see_industries(c, step, absolute_step, s, record);
    see_city(c, step, absolute_step, s, record);
}

void measure_baseline(const Config& c, const State& s, Record& record) {
    const auto& b = s.baseline;
    record.city_baseline.put({b.firms, b.investment, b.share, s.investment_adjustment});
    for (std::size_t i = 0; i < c.industries.size(); ++i) record.industry_baseline.put({b.sales[i]}, i);
}

}  // namespace growth
