// Topics of `jiju describe` about policy: levers with their components, of a scenario.
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/describe_topics.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/write.hpp"
#include "study/scenario.hpp"

namespace jiju {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view origin_of_levers = sim::to_translate(
    "Written by `tools/generate_docs` from the scenario `shaoxing-2011/plan`: each lever with its components, in "
    "brackets "
    "the 5 to\n95 % range of the prior. `jiju describe channels` explains the channels.\n");

constexpr std::string_view grades_text =
    "Evidence: A experiment, B several observational studies, C one study or an indirect one, D judgement.\n";
constexpr std::string_view grades_text_zh = "证据等级：A 实验，B 多项观察性研究，C 单项或间接研究，D 判断。\n";

// One of the seven mechanisms with the rows that belong to a lever, as a scenario would write them.
struct ComponentTable {
    std::string name, text;
    Json rows = Json::array();
};

std::vector<ComponentTable> components_of(const Json& scenario, const std::string& lever) {
    std::vector<ComponentTable> tables;
    growth::Components all;
    growth::Components::visit(all, [&](std::string_view name, std::string_view text, const auto&) {
        ComponentTable table{std::string(name), std::string(text)};
        for (const auto& [key, row] : scenario[table.name].items()) {
            if (row["lever"] != lever) continue;
            table.rows.push_back({{"key", key}});
            table.rows.back().update(row);
        }
        if (!table.rows.empty()) tables.push_back(std::move(table));
    });
    return tables;
}

// The grades of a lever's components: the best and, where they differ, the worst. A lever has no evidence of its own.
std::string grades_of(const std::vector<ComponentTable>& tables) {
    std::set<std::string> grades;
    for (const auto& table : tables)
        for (const auto& row : table.rows)
            if (row["on"] == true) grades.insert(row["grade"].get<std::string>());
    if (grades.empty()) return "none";
    return grades.size() == 1 ? *grades.begin() : fmt::format("{}–{}", *grades.begin(), *grades.rbegin());
}

Json json_of_lever(const Json& scenario, const growth::Lever& lever) {
    Json json{{"key", lever.key}};
    json.update(scenario["levers"][lever.key]);
    json.erase("components");  // a switch, in whose place the components come, each with its own
    json["grades"] = grades_of(components_of(scenario, lever.key));
    for (auto& table : components_of(scenario, lever.key)) json["components"][table.name] = std::move(table.rows);
    return json;
}

// An empty list or text, a switch that is on, a number that is zero, a lot that all win.
bool says_nothing(const std::string& name, const Json& value) {
    return (value.is_array() && value.empty()) || value == Json("") || value == Json(true) || value == Json(0.0) ||
           (name == "lot" && value == Json(1.0));
}

// What a component says, one line each: the row of evidence, its key, its settings, where they come from (which of
// bundled scenarios is in the catalogue).
Table table_of_components(const DescribeOptions& options, const ComponentTable& components) {
    static const std::set<std::string> apart = {"key", "lever", "row", "name", "name_zh", "grade", "source"};
    Table table;
    table.columns = {
        {heading(options, "row")}, {components.name}, {heading(options, "settings")}, {heading(options, "evidence")}};
    for (const auto& row : components.rows) {
        std::vector<std::string> settings;
        for (const auto& [name, value] : row.items())
            if (!apart.contains(name) && !says_nothing(name, value))
                settings.push_back(fmt::format("{} = {}", name, value_text(value)));
        table.rows.push_back({row["row"].get<std::string>(), row["key"].get<std::string>(),
                              fmt::format("{}", fmt::join(settings, ", ")),
                              fmt::format("{}{}{}", row["grade"].get<std::string>(), is_zh(options) ? "：" : ": ",
                                          sim::translated(row["source"].get<std::string>()))});
    }
    return table;
}

// The doses a scenario gives, as they would be written.
std::string doses_text(const Json& lever) {
    std::vector<std::string> doses;
    for (std::size_t k = 0; k < growth::scheduled_doses; ++k) {
        const std::string name(sim::Words<growth::Dose>::words[k]);
        if (lever[name] != Json(0.0) && lever[name] != Json(0))
            doses.push_back(fmt::format("{} = {}", name, sim::inline_toml(to_read(lever[name]))));
    }
    return doses.empty() ? sim::translated("none") : fmt::format("{}", fmt::join(doses, ", "));
}

// Nothing where a scenario does not say it.
std::string said(const DescribeOptions& options, const char* form, const char* form_zh, const std::string& text) {
    return text.empty() ? std::string() : fmt::format(fmt::runtime(in(options, form, form_zh)), text);
}

std::string text_of_lever(const DescribeOptions& options, const Json& scenario, const growth::Lever& lever) {
    const bool is_page = options.format == Format::markdown;
    const auto tables = components_of(scenario, lever.key);
    const auto grade = grades_of(tables);
    std::string text =
        is_page ? sim::translated(
                      "\n## {} {} {}\n\n`[levers.{}]`, section {} of the plan. Works on: {}. Evidence: {} ({}).\n",
                      lever.id, lever.name, lever.name_zh, lever.key, lever.section, sim::translated(lever.works_on),
                      grade, sim::translated(lever.source))
                : fmt::format(fmt::runtime(in(options, "\n{}  {}  {} {}\n{}{}  evidence {}{}\n  dose: {}\n",
                                              "\n{}  {}  {} {}\n{}{}  证据等级{}{}\n  力度：{}\n")),
                              lever.id, lever.key, in(options, lever.name, lever.name_zh),
                              in(options, lever.name_zh, lever.name),
                              said(options, "  works on: {}\n", "  作用对象：{}\n", sim::translated(lever.works_on)),
                              said(options, "  section {} of the plan\n", "  规划章节{}\n", lever.section), grade,
                              said(options, ": {}", "：{}", sim::translated(lever.source)),
                              doses_text(scenario["levers"][lever.key]));
    for (const auto& components : tables) {
        const auto table = table_of_components(options, components);
        text += is_page ? sim::translated("\n{}:\n\n{}", sim::translated(components.text), table.markdown())
                        : table.text(0, 2);
    }
    return text;
}

}  // namespace

std::string describe_levers(const DescribeOptions& options) {
    auto config = open_scenario(options.scenario).config;
    const auto scenario = sim::to_json(sim::table_of(config), config.uncertain);
    if (options.format == Format::json) {
        auto rows = Json::array();
        for (const auto& lever : config.levers) rows.push_back(json_of_lever(scenario, lever));
        return titled("levers", "levers", std::move(rows));
    }
    const bool is_page = options.format == Format::markdown;
    auto text = is_page ? sim::translated("# Levers\n\n{}{}", sim::translated(origin_of_levers),
                                          in(options, grades_text, grades_text_zh))
                        : std::string(in(options, grades_text, grades_text_zh));
    for (const auto& lever : config.levers) text += text_of_lever(options, scenario, lever);
    return text;
}

// By its key or its number in the plan.
std::string describe_lever(const DescribeOptions& options) {
    auto config = open_scenario(options.scenario).config;
    std::vector<std::string> known;
    for (const auto& lever : config.levers) {
        known.push_back(lever.key);
        if (lever.key != options.name && lever.id != options.name) continue;
        const auto scenario = sim::to_json(sim::table_of(config), config.uncertain);
        if (options.format == Format::json) return titled("lever", "lever", json_of_lever(scenario, lever));
        const auto text = text_of_lever(options, scenario, lever).substr(1);  // which begins with an empty line
        return options.format == Format::markdown ? text : text + std::string(in(options, grades_text, grades_text_zh));
    }
    refuse_name(in(options, "lever", "政策工具"), options.name, known);
}

}  // namespace jiju
