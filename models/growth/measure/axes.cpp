// The dimensions of a record and what goes along them.
#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "models/growth/config.hpp"
#include "models/growth/measure/labels.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/origin.hpp"
#include "models/growth/tier.hpp"

namespace growth {

namespace {

constexpr std::array<const char*, origins> origin_names = {"Incumbent", "Start-up", "Spin-off", "Attracted", "Grafted"};
constexpr std::array<const char*, origins> origin_names_zh = {"原有", "新创", "衍生", "招商引进", "嫁接转型"};

template <class Rows>
std::vector<std::string> keys_of(const Rows& rows) {
    std::vector<std::string> keys;
    for (const auto& row : rows) keys.push_back(row.key);
    return keys;
}

}  // namespace

std::vector<std::string> keys_along(const Config& c, std::string_view dim) {
    if (dim == "industry") return keys_of(c.industries);
    if (dim == "field") return field_axis(c).keys;
    if (dim == "place") return keys_of(c.places);
    if (dim == "origin") return {origin_keys.begin(), origin_keys.end()};
    if (dim == "lever") return keys_of(c.levers);
    if (dim == "target") return keys_of(c.targets);
    std::vector<std::string> keys;
    if (dim == "cluster") {
        keys = keys_of(c.clusters);
        for (const auto& place : c.places) keys.push_back("rest_" + place.key);
    }
    if (dim == "tier" || dim == "recipient")
        for (std::size_t k = 0; k < tiers; ++k) keys.emplace_back(sim::word_of(static_cast<Tier>(k)));
    if (dim == "recipient") keys.emplace_back("public");
    return keys;
}

std::vector<sim::Axis> axes_of(const Config& c) {
    std::vector<sim::Axis> axes;
    axes.push_back(sim::calendar_axis("time", static_cast<int>(c.scenario.start_year),
                                      static_cast<std::size_t>(c.scenario.years * c.scenario.steps_per_year),
                                      static_cast<int>(c.scenario.steps_per_year)));
    const auto add_rows = [&](const char* name, const char* long_name, const char* long_name_zh, const auto& rows) {
        sim::Axis axis{.name = name, .keys = keys_along(c, name), .long_name = long_name, .long_name_zh = long_name_zh};
        for (const auto& row : rows) {
            axis.labels.push_back(row.name);
            axis.labels_zh.push_back(row.name_zh);
        }
        axis.may_be_empty = true;
        axes.push_back(std::move(axis));
    };
    add_rows("industry", "Industry", "产业", c.industries);
    axes.push_back(field_axis(c));
    add_rows("cluster", "Cluster, or the rest of a place", "产业集聚区或其余地区", c.clusters);
    for (const auto& place : c.places) {
        axes.back().labels.push_back("Rest of " + place.name);
        axes.back().labels_zh.push_back(place.name_zh + "其余");
    }
    add_rows("place", "Place", "地区", c.places);
    sim::Axis tier{.name = "tier", .keys = keys_along(c, "tier"), .long_name = "Tier", .long_name_zh = "梯队"};
    for (std::size_t k = 0; k < tiers; ++k) {
        tier.labels.emplace_back(tier_names[k]);
        tier.labels_zh.emplace_back(tier_names_zh[k]);
    }
    axes.push_back(std::move(tier));
    axes.push_back({.name = "origin",
                    .keys = keys_along(c, "origin"),
                    .labels = {origin_names.begin(), origin_names.end()},
                    .labels_zh = {origin_names_zh.begin(), origin_names_zh.end()},
                    .long_name = "Origin",
                    .long_name_zh = "企业来源"});
    add_rows("lever", "Lever", "政策工具", c.levers);
    auto recipient = sim::axis_of(axes, "tier");
    recipient.name = "recipient";
    recipient.long_name = "Who received it: firms by tier, or nobody in particular";
    recipient.long_name_zh = "受益方";
    recipient.keys = keys_along(c, "recipient");
    recipient.labels.emplace_back("Services open to all");
    recipient.labels_zh.emplace_back("公共服务");
    axes.push_back(std::move(recipient));
    add_rows("target", "Target", "目标", c.targets);
    for (std::size_t k = 0; k < c.targets.size(); ++k) {
        axes.back().labels[k] = label_of(c, axes, c.targets[k]);
        axes.back().labels_zh[k] = label_zh_of(c, axes, c.targets[k]);
    }
    return axes;
}

namespace {

// What goes along an axis of rows, by scenario where scenarios differ.
template <class Row, class Value>
sim::Companion companion_of(const std::vector<const Config*>& scenarios, sim::Rows<Row> Config::*rows, const char* name,
                            Value of, const char* text, const char* text_zh) {
    std::vector<std::decay_t<decltype(of(std::declval<Row>()))>> values;
    const auto count = (scenarios[0]->*rows).size();
    for (const auto* config : scenarios)
        for (const auto& row : config->*rows) values.push_back(of(row));
    bool differs = false;
    for (std::size_t i = count; i < values.size(); ++i) differs |= values[i] != values[i - count];
    if (!differs) values.resize(count);
    constexpr bool is_year = std::is_same_v<typename decltype(values)::value_type, std::int32_t>;
    return {name, std::move(values), is_year ? "1" : "target_unit", text, text_zh, differs};
}

}  // namespace

std::vector<sim::Companion> lever_companions(const std::vector<const Config*>& scenarios) {
    const auto purse = [](const Lever& lever) { return lever.purse; };
    return {companion_of(scenarios, &Config::levers, "lever_purse", purse, "Purse that the lever's money comes from",
                         "资金来源")};
}

std::vector<sim::Companion> target_companions(const std::vector<const Config*>& scenarios) {
    const auto along = [&](const char* name, auto of, const char* text, const char* text_zh) {
        return companion_of(scenarios, &Config::targets, name, of, text, text_zh);
    };
    const auto unit = [](const Target& target) { return target.unit; };
    const auto threshold = [](const Target& target) {
        const auto [low, high] = values_that_meet(target);
        return target.comparison == Comparison::at_most ? high : low;
    };
    const auto upper = [](const Target& target) { return values_that_meet(target).high; };
    const auto last = scenarios[0]->scenario.start_year + scenarios[0]->scenario.years - 1;
    const auto judged = [last](const Target& target) { return static_cast<std::int32_t>(year_of(target, last)); };
    const auto word = [](const Target& target) { return std::string(sim::word_of(target.comparison)); };
    return {
        along("target_unit", unit, "Unit of the target's values", "目标单位"),
        along("target_threshold", threshold,
              "Value from which, or where it says at most up to which, the target counts as met: its value with its "
              "tolerance; the median where it is uncertain",
              "目标达标值"),
        along("target_upper", upper, "Value up to which the target counts as met; infinite where it says at least",
              "目标达标上限"),
        along("target_comparison", word,
              "Whether the target is met from the threshold on, up to it, or from it up to the upper value",
              "目标比较方式"),
        along("target_judged", judged, "Year in which the target is judged", "目标考核年份")};
}

}  // namespace growth
