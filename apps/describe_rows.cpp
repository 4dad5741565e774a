// Topics of `jiju describe` about one scenario: its tables, single rows of them, and the scenario in short.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/describe_topics.hpp"
#include "models/growth/measure/labels.hpp"
#include "models/growth/measure/targets.hpp"
#include "models/growth/measure/units.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/write.hpp"
#include "study/characters.hpp"
#include "study/scenario.hpp"

namespace jiju {
namespace {

using Json = nlohmann::ordered_json;

// A table of scenarios, the topic of one row of it, and which of its keys say most of a row.
struct Kind {
    std::string_view table, one, one_zh;
    std::vector<std::string_view> keys;
};

const std::array<Kind, 8>& kinds() {
    static const std::array<Kind, 8> all = {{
        {"industries",
         "industry",
         "产业",
         {"base_sales", "above_scale_firms", "fringe_firms", "demand_growth", "research_intensity",
          "value_added_ratio"}},
        {"fields", "field", "领域", {"industry", "priority", "share", "demand_growth", "price_growth"}},
        {"places", "place", "地区", {"weight", "land_supply", "land_price", "governance", "development_zone"}},
        {"clusters", "cluster", "集聚区", {"industry", "places", "share", "firm_share"}},
        {"firms", "firm", "企业", {"industry", "field", "place", "base_sales", "group_ratio", "listed"}},
        {"macro", "path", "路径", {"industrial_growth", "price_growth", "lending_rate", "listing", "wage_growth"}},
        {"purses", "purse", "资金池", {"money", "realised"}},
        {"targets",
         "target",
         "目标",
         {"section", "counts", "unit", "comparison", "value", "upper", "tolerance", "year"}},
    }};
    return all;
}

const Kind& kind_of(std::string_view topic) {
    return *std::ranges::find_if(kinds(), [&](const Kind& kind) { return kind.table == topic || kind.one == topic; });
}

// A tolerance of zero says nothing.
std::string cell_text(const Json& row, std::string_view key) {
    const auto& value = row[std::string(key)];
    if (value.is_null() || value == Json("") || value == Json::array()) return "";
    if (key == "tolerance" && value == Json(0.0)) return "";
    if (value.is_array()) {
        std::vector<std::string> texts;
        for (const auto& each : value) texts.push_back(value_text(each));
        return fmt::format("{}", fmt::join(texts, ", "));
    }
    return value_text(value);
}

// A scenario whose targets all have names, also where these are made.
growth::Config opened(const DescribeOptions& options) {
    auto config = open_scenario(options.scenario).config;
    config.targets = growth::named_targets(config);
    return config;
}

// What a target counts, as a scenario would write it.
std::string counted_text(const growth::Target& target) {
    std::vector<std::string> parts;
    if (target.count != growth::Counted::nothing)
        parts.push_back(fmt::format("{} of {} with", target.as_share ? "share" : "number", sim::word_of(target.count)));
    parts.push_back(target.count == growth::Counted::firms ? target.column : target.output);
    for (const auto& [dim, key] : target.where.named()) parts.push_back(fmt::format("{} = {}", dim, key));
    if (target.measure != growth::Measure::level) parts.emplace_back(sim::word_of(target.measure));
    if (!target.of.empty()) parts.push_back("of " + target.of);
    if (target.bound) parts.push_back(fmt::format(">= {}", *target.bound));
    if (growth::counts_revenue(target)) parts.push_back(fmt::format("({})", sim::word_of(target.revenue_scope)));
    return fmt::format("{}", fmt::join(parts, " "));
}

// What a table of targets shows besides their values: what each counts, and the year also where it is the last.
void add_to_targets(const growth::Config& config, Json& rows) {
    const auto last = config.scenario.start_year + config.scenario.years - 1;
    for (const auto& target : config.targets) {
        rows[target.key]["counts"] = counted_text(target);
        rows[target.key]["year"] = growth::year_of(target, last);
    }
}

Json rows_of(growth::Config& config, std::string_view table) {
    return sim::to_json(sim::table_of(config), config.uncertain)[std::string(table)];
}

// Each single value of a row with its path below the row's key.
void each_value(const sim::TableMember& table, const std::string& path, const Json& json, auto&& body) {
    table.each([&](const sim::Spec& spec, const sim::Member& member) {
        const auto inner = path + '.' + std::string(spec.name);
        const auto& value = json[std::string(spec.name)];
        if (const auto* nested = std::get_if<sim::TableMember>(&member.of))
            each_value(*nested, inner, value, body);
        else
            body(spec, inner, value);
    });
}

std::string row_text(const DescribeOptions& options, const growth::Units& units, const sim::TableMember& row,
                     const std::string& path, const Json& json) {
    Table table;
    for (const auto* title : {"name", "value", "unit", "allowed", "meaning"})
        table.columns.push_back({heading(options, title)});
    each_value(row, path, json, [&](const sim::Spec& spec, const std::string& inner, const Json& value) {
        table.rows.push_back({inner, value.is_null() ? "" : value_text(value),
                              spec.unit == "1" ? "" : growth::unit_in(units, spec.unit), sim::bounds_text(spec),
                              in(options, spec.text, spec.zh)});
    });
    return shown(options, json.value("name", path), table);
}

std::string units_text(const DescribeOptions& options, const growth::Units& units) {
    const auto money = growth::unit_in(units, "money"), area = growth::unit_in(units, "area");
    return is_zh(options) ? growth::unit_in_chinese(money) + "、" + growth::unit_in_chinese(area) : money + ", " + area;
}

std::string scenario_text(const DescribeOptions& options, const Scenario& scenario, const sim::Document& document) {
    const auto& c = scenario.config;
    const auto& g = c.scenario;
    const auto line = [&](std::string_view en, std::string_view zh, const std::string& text) {
        return text.empty() ? "" : fmt::format("  {}{}{}\n", in(options, en, zh), is_zh(options) ? "：" : ": ", text);
    };
    const std::string_view separator = is_zh(options) ? "、" : ", ";
    std::vector<std::string> files;
    for (const auto& file : document.layers())
        files.push_back(harmless((file.parent_path().filename() / file.filename()).string()));
    const auto names = [&](const auto& rows) {
        std::vector<std::string> all;
        for (const auto& row : rows) all.emplace_back(in(options, row.name, row.name_zh));
        return fmt::format("{}", fmt::join(all, separator));
    };
    auto text = fmt::format("{}  {}\n", in(options, g.name, g.name_zh), in(options, g.name_zh, g.name));
    text += line("city, years", "城市与年份",
                 fmt::format("{}{}{}–{}", in(options, g.city, g.city_zh), is_zh(options) ? "，" : ", ", g.start_year,
                             g.start_year + g.years - 1));
    text += line("money, land", "货币与土地单位", units_text(options, c.units));
    text += line("country", "国家", std::string(in(options, g.country, g.country_zh)));
    text +=
        line("files, each over those before", "文件（后者覆盖前者）", fmt::format("{}", fmt::join(files, separator)));
    text += line("macro economy", "宏观经济", g.macro);
    text += line("industries", "产业", names(c.industries));
    text += line("places", "地区", names(c.places));
    text += line("clusters", "集聚区", names(c.clusters));
    text += line("targets", "目标", names(growth::named_targets(c)));
    std::vector<std::string> doses;
    auto config = c;
    const auto levers = rows_of(config, "levers");
    for (const auto& lever : c.levers) {
        if (!growth::is_dosed(lever)) continue;
        for (std::size_t k = 0; k < growth::scheduled_doses; ++k)
            if (!lever.doses[k].is_zero())
                doses.push_back(fmt::format(
                    "    {}  levers.{}.{} = {}", in(options, lever.name, lever.name_zh), lever.key,
                    sim::Words<growth::Dose>::words[k],
                    sim::inline_toml(to_read(levers[lever.key][std::string(sim::Words<growth::Dose>::words[k])]))));
    }
    text += line("levers with a dose", "已生效的政策工具",
                 fmt::format("{} / {}{}{}", std::ranges::count_if(c.levers, growth::is_dosed), c.levers.size(),
                             doses.empty() ? "" : "\n", fmt::join(doses, "\n")));
    return text;
}

}  // namespace

std::string describe_rows(const DescribeOptions& options) {
    const auto& kind = kind_of(options.topic);
    auto config = opened(options);
    auto found = rows_of(config, kind.table);
    if (options.format == Format::json) {
        auto rows = Json::array();
        for (const auto& [key, row] : found.items()) {
            rows.push_back({{"key", key}});
            rows.back().update(row);
        }
        return titled(kind.table, kind.table, std::move(rows));
    }
    if (kind.table == "targets") add_to_targets(config, found);
    const bool both = options.format == Format::markdown;
    Table table;
    table.columns = {{"key"}, {heading(options, "name")}};
    if (both) table.columns.push_back({"中文"});
    for (const auto key : kind.keys) table.columns.push_back({std::string(key)});
    for (const auto& [key, row] : found.items()) {
        table.rows.push_back({key, row[is_zh(options) ? "name_zh" : "name"].get<std::string>()});
        if (both) table.rows.back().push_back(row["name_zh"]);
        for (const auto each : kind.keys) table.rows.back().push_back(cell_text(row, each));
    }
    auto title = std::string(kind.table);
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
    return shown(options, title, table);
}

std::string describe_row(const DescribeOptions& options) {
    const auto& kind = kind_of(options.topic);
    auto config = opened(options);
    const auto found = rows_of(config, kind.table);
    std::vector<std::string> known;
    for (const auto& [key, row] : found.items()) known.push_back(key);
    if (!found.contains(options.name)) refuse_name(in(options, kind.one, kind.one_zh), options.name, known);
    if (options.format == Format::json) {
        Json row{{"key", options.name}};
        row.update(found[options.name]);
        return titled(kind.one, kind.one, std::move(row));
    }
    std::string text;
    sim::table_of(config).each([&](const sim::Spec& spec, const sim::Member& member) {
        if (spec.name != kind.table) return;
        std::get<sim::RowsMember>(member.of).each([&](const std::string& key, const sim::TableMember& row) {
            if (key == options.name)
                text = row_text(options, config.units, row, fmt::format("{}.{}", kind.table, key), found[key]);
        });
    });
    return text;
}

std::string describe_scenario(const DescribeOptions& options) {
    const auto scenario = open_scenario(options.scenario);
    const auto document = sim::load(scenario.path, {}, scenario_search());
    if (options.format == Format::json) {
        auto files = Json::array();
        for (const auto& file : document.layers()) files.push_back(file.lexically_normal().string());
        auto config = scenario.config;
        Json row{{"key", scenario.key}, {"files", std::move(files)}};
        row.update(sim::to_json(sim::table_of(config.scenario), {}));
        for (const auto* table : {"industries", "places", "clusters", "targets"}) {
            row[table] = Json::array();
            const auto rows = rows_of(config, table);
            for (const auto& [key, unused] : rows.items()) row[table].push_back(key);
        }
        row["levers"] = Json::array();
        for (const auto& lever : config.levers)
            if (growth::is_dosed(lever)) row["levers"].push_back(lever.key);
        return titled("scenario", "scenario", std::move(row));
    }
    return scenario_text(options, scenario, document);
}

}  // namespace jiju
