#include "study/common_axes.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

namespace jiju {
namespace {

using Keys = std::vector<std::string>;

// All keys, so that what follows what in some list follows it here; where lists disagree, by first appearance.
Keys in_common_order(const std::vector<Keys>& lists) {
    Keys found;
    std::map<std::string, std::set<std::string>> before;
    for (const auto& list : lists)
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (std::find(found.begin(), found.end(), list[i]) == found.end()) found.push_back(list[i]);
            if (i > 0) before[list[i]].insert(list[i - 1]);
        }
    Keys order;
    std::set<std::string> placed;
    while (!found.empty()) {
        const auto may_come = [&](const std::string& key) {
            return std::includes(placed.begin(), placed.end(), before[key].begin(), before[key].end());
        };
        auto next = std::find_if(found.begin(), found.end(), may_come);
        if (next == found.end()) next = found.begin();
        placed.insert(*next);
        order.push_back(std::move(*next));
        found.erase(next);
    }
    return order;
}

// Draws are counted along rows of these kinds, so each arm keeps its own order, and arms that disagree are refused.
template <class Row>
constexpr bool is_counted = std::is_same_v<Row, growth::Industry> || std::is_same_v<Row, growth::IndustryField> ||
                            std::is_same_v<Row, growth::Place>;

bool keeps_order(const Keys& order, const Keys& own) {
    auto from = order.begin();
    for (const auto& key : own) {
        from = std::find(from, order.end(), key);
        if (from == order.end()) return false;
    }
    return true;
}

template <class Row>
Keys keys_of(const sim::Rows<Row>& rows) {
    Keys keys;
    for (const auto& row : rows) keys.push_back(row.key);
    return keys;
}

// What is left of a row where an arm lacks it.
growth::Lever absent(const growth::Lever& lever) {
    growth::Lever none;
    none.key = lever.key;
    none.id = lever.id;
    none.name = lever.name;
    none.name_zh = lever.name_zh;
    none.section = lever.section;
    none.works_on = lever.works_on;
    none.source = lever.source;
    none.on = false;
    return none;
}

growth::Cluster absent(growth::Cluster cluster) {
    cluster.places.clear();
    cluster.share = cluster.firm_share = 0;
    return cluster;
}

// None of it is drawn, since what an arm draws of a row stays with the arm that has it.
growth::Industry absent(growth::Industry industry) {
    industry.present = false;
    return industry;
}

growth::Place absent(growth::Place place) {
    place.present = false;
    return place;
}

growth::IndustryField absent(growth::IndustryField field) {
    return field;
}

growth::Target absent(growth::Target target) {
    return target;
}

growth::TargetGroup absent(growth::TargetGroup group) {
    return group;
}

void make_id_unlike(const growth::Config& config, growth::Lever& lever) {
    const auto has_it = [&](const growth::Lever& other) { return other.id == lever.id; };
    while (std::any_of(config.levers.begin(), config.levers.end(), has_it)) lever.id += '+';
}

// Fields of an industry that an arm has are those that it has itself.
template <class Row>
bool may_take(const growth::Config& config, const Row& row) {
    if constexpr (std::is_same_v<Row, growth::IndustryField>)
        return !config.industries[config.industries.index_of(row.industry)].present;
    else
        return true;
}

// What an arm draws of a row that it takes over.
void take_draws(const growth::Config& from, const std::string& path, growth::Config& to) {
    for (const auto& value : from.uncertain)
        if (value.path.starts_with(path + '.')) to.uncertain.push_back(value);
}

template <class Row>
void share(std::vector<Scenario>& scenarios, sim::Rows<Row> growth::Config::*rows, const char* table) {
    std::vector<Keys> lists;
    for (const auto& scenario : scenarios) lists.push_back(keys_of(scenario.config.*rows));
    const auto is_first = [&](const Keys& list) { return list == lists.front(); };
    if (std::all_of(lists.begin(), lists.end(), is_first)) return;
    const auto order = in_common_order(lists);
    const auto keeps = [&](const Keys& own) { return keeps_order(order, own); };
    if (is_counted<Row> && !std::all_of(lists.begin(), lists.end(), keeps)) return;
    const auto before = scenarios;
    const auto first_with = [&](const std::string& key) -> const Scenario& {
        return *std::find_if(before.begin(), before.end(), [&](const Scenario& scenario) {
            return (scenario.config.*rows).index_of(key) < (scenario.config.*rows).size();
        });
    };
    for (auto& scenario : scenarios) {
        sim::Rows<Row> all;
        auto& own = scenario.config.*rows;
        for (const auto& key : order) {
            if (const auto at = own.index_of(key); at < own.size()) {
                all.push_back(own[at]);
                continue;
            }
            const auto& other = first_with(key).config;
            const auto& row = (other.*rows)[(other.*rows).index_of(key)];
            if (!may_take(scenario.config, row)) continue;
            all.push_back(absent(row));
            if constexpr (std::is_same_v<Row, growth::Lever>) make_id_unlike(scenario.config, all.back());
            if constexpr (std::is_same_v<Row, growth::Target>)
                take_draws(other, std::string(table) + '.' + key, scenario.config);
        }
        own = std::move(all);
        growth::link(scenario.config);
    }
}

// Rows of a table of firms say by position where a firm belongs.
void place_firms(const growth::Config& before, growth::Config& config) {
    if (!config.population.rows) return;
    const auto moved = [](const auto& from, const auto& to, std::size_t& row) {
        if (row != growth::no_row) row = to.index_of(from[row].key);
    };
    auto all = std::make_shared<growth::FirmRows>(*config.population.rows);
    for (auto& row : all->rows) {
        moved(before.industries, config.industries, row.industry);
        moved(before.fields, config.fields, row.field);
        moved(before.places, config.places, row.place);
    }
    all->of_industry.assign(config.industries.size(), {});
    for (std::size_t i = 0; i < before.industries.size(); ++i)
        all->of_industry[config.industries.index_of(before.industries[i].key)] = config.population.rows->of_industry[i];
    config.population.rows = std::move(all);
}

}  // namespace

void share_axes(std::vector<Scenario>& scenarios) {
    const auto before = scenarios;
    share(scenarios, &growth::Config::industries, "industries");
    share(scenarios, &growth::Config::fields, "fields");
    share(scenarios, &growth::Config::places, "places");
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        const auto &old = before[i].config, &now = scenarios[i].config;
        if (keys_of(old.industries) != keys_of(now.industries) || keys_of(old.fields) != keys_of(now.fields) ||
            keys_of(old.places) != keys_of(now.places))
            place_firms(before[i].config, scenarios[i].config);
    }
    share(scenarios, &growth::Config::levers, "levers");
    share(scenarios, &growth::Config::clusters, "clusters");
    share(scenarios, &growth::Config::targets, "targets");
    share(scenarios, &growth::Config::target_groups, "target_groups");
}

}  // namespace jiju
