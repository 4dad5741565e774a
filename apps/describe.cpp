// `jiju describe` and `jiju schema`: what can be set and what comes out, from the descriptions the code itself uses.
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/summary_tables.hpp"
#include "apps/table.hpp"
#include "models/growth/measure/panel.hpp"
#include "models/growth/policy/channels.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/reference.hpp"
#include "sim/scenario/schema.hpp"
#include "sim/scenario/write.hpp"
#include "study/layout.hpp"
#include "study/scenario.hpp"

namespace jiju {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view origin_of_page =
    "Written by `tools/generate_docs` from the descriptions in the code. \"Source\" says where a default and its prior "
    "come from;\n\"5 to 95 %\" is the prior that every replicate draws from, its median being the default.\n";

constexpr std::string_view default_scenario = "shaoxing-2011/plan";

constexpr std::string_view origin_of_levers =
    "Written by `tools/generate_docs` from the scenario `shaoxing-2011/plan`: each lever with its components, in "
    "brackets "
    "the 5 to\n95 % range of the prior. `jiju describe channels` explains the channels.\n";

constexpr std::string_view origin_of_panel =
    "Written by `tools/generate_docs` from the descriptions in the code. A run with `--record firms` keeps a row for "
    "each living\nfirm and step; `jiju.firms` gives them as a table, without `panel_` and `firm_` before the names and "
    "with keys in place of\ncodes. A stock is that of the end of the step, a flow that of the step; amounts a year are "
    "rates. What firm-years\nmake of them, for facts and trials, stands in [trials.md](trials.md).\n\n";

constexpr std::string_view grades_text =
    "Evidence: A experiment, B several observational studies, C one study or an indirect one, D judgement.\n";

std::string titled(std::string_view kind, std::string_view name, Json rows) {
    Json json{{"format", fmt::format("jiju {}", kind)}, {"version", 1}};
    json[std::string(name)] = std::move(rows);
    return dump(json);
}

std::vector<sim::Entry> entries_below(const std::string& path, const sim::TableMember& table) {
    auto found = sim::entries(table);
    for (auto& entry : found) entry.path = path + '.' + entry.path;
    return found;
}

Table table_of_entries(const std::vector<sim::Entry>& entries) {
    Table table;
    table.columns = {{"name"}, {"default"}, {"unit"}, {"allowed"}, {"5 to 95 %"}, {"meaning"}, {"source"}};
    for (const auto& entry : entries) {
        sim::Spec bounds;
        bounds.lower = entry.lower;
        bounds.upper = entry.upper;
        const bool is_quantity = entry.type == "number" || entry.type == "integer" || entry.type == "schedule";
        table.rows.push_back({entry.path, entry.standard, entry.unit == "1" ? "" : entry.unit,
                              is_quantity ? sim::bounds_text(bounds) : entry.type, entry.prior, entry.text,
                              entry.source});
    }
    return table;
}

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

// `0.45 (0.25 to 0.6)` for an uncertain value, else the value.
std::string value_text(const Json& value) {
    if (value.is_object() && value.contains("median"))
        return fmt::format("{} ({} to {})", value["median"].dump(), value["low"].dump(), value["high"].dump());
    if (value.is_object() && value.contains("quantiles")) {
        std::map<double, double> at = value["quantiles"];
        return fmt::format("{} ({} to {})", at[0.5], at[0.05], at[0.95]);
    }
    return value.is_string() ? value.get<std::string>() : value.dump();
}

// An empty list or text, a switch that is on, a number that is zero, a lot that all win.
bool says_nothing(const std::string& name, const Json& value) {
    return (value.is_array() && value.empty()) || value == Json("") || value == Json(true) || value == Json(0.0) ||
           (name == "lot" && value == Json(1.0));
}

// What a component says, one line each: the row of evidence, its key, its settings, where they come from.
Table table_of_components(const ComponentTable& components) {
    static const std::set<std::string> apart = {"key", "lever", "row", "name", "name_zh", "grade", "source"};
    Table table;
    table.columns = {{"row"}, {components.name}, {"settings"}, {"evidence"}};
    for (const auto& row : components.rows) {
        std::vector<std::string> settings;
        for (const auto& [name, value] : row.items())
            if (!apart.contains(name) && !says_nothing(name, value))
                settings.push_back(fmt::format("{} = {}", name, value_text(value)));
        table.rows.push_back(
            {row["row"].get<std::string>(), row["key"].get<std::string>(), fmt::format("{}", fmt::join(settings, ", ")),
             fmt::format("{}: {}", row["grade"].get<std::string>(), row["source"].get<std::string>())});
    }
    return table;
}

// The doses a scenario gives, as they would be written.
std::string doses_text(const Json& lever) {
    std::vector<std::string> doses;
    for (std::size_t k = 0; k < growth::scheduled_doses; ++k) {
        const std::string name(sim::Words<growth::Dose>::words[k]);
        if (lever[name] != Json(0.0) && lever[name] != Json(0))
            doses.push_back(fmt::format("{} = {}", name, sim::inline_toml(lever[name])));
    }
    return doses.empty() ? "none" : fmt::format("{}", fmt::join(doses, ", "));
}

std::string text_of_lever(const Json& scenario, const growth::Lever& lever, bool is_page) {
    const auto tables = components_of(scenario, lever.key);
    const auto grade = grades_of(tables);
    std::string text =
        is_page
            ? fmt::format("\n## {} {} {}\n\n`[levers.{}]`, section {} of the plan. Works on: {}. Evidence: {} ({}).\n",
                          lever.id, lever.name, lever.name_zh, lever.key, lever.section, lever.works_on, grade,
                          lever.source)
            : fmt::format("\n{}  {}  {} {}\n  works on: {}\n  section {} of the plan; evidence {}: {}\n  dose: {}\n",
                          lever.id, lever.key, lever.name, lever.name_zh, lever.works_on, lever.section, grade,
                          lever.source, doses_text(scenario["levers"][lever.key]));
    for (const auto& components : tables) {
        const auto table = table_of_components(components);
        text += is_page ? fmt::format("\n{}:\n\n{}", components.text, table.markdown()) : table.text(0, 2);
    }
    return text;
}

std::string describe_levers(const DescribeOptions& options) {
    auto config = open_scenario(options.scenario.empty() ? std::string(default_scenario) : options.scenario).config;
    const auto scenario = sim::to_json(sim::table_of(config), config.uncertain);
    if (options.format == Format::json) {
        auto rows = Json::array();
        for (const auto& lever : config.levers) rows.push_back(json_of_lever(scenario, lever));
        return titled("levers", "levers", std::move(rows));
    }
    const bool is_page = options.format == Format::markdown;
    auto text = is_page ? fmt::format("# Levers\n\n{}{}", origin_of_levers, grades_text) : std::string(grades_text);
    for (const auto& lever : config.levers) text += text_of_lever(scenario, lever, is_page);
    return text;
}

std::string describe_channels(const DescribeOptions& options) {
    static constexpr std::array<std::string_view, 3> kinds = {"factor", "amount", "quantity"};
    static constexpr std::array<std::string_view, 3> grains = {"tier of firm", "cell", "city"};
    auto rows = Json::array();
    Table table;
    table.columns = {{"channel"}, {"kind"},         {"unit"},          {"differs by"},
                     {"effect"},  {"all together"}, {"what it moves"}, {"中文"}};
    const auto text_of = [](const growth::Bounds& bounds) {
        return fmt::format("{} to {}", bounds.least, bounds.most);
    };
    for (const auto& facts : growth::channel_facts) {
        const auto kind = kinds[static_cast<std::size_t>(facts.kind)],
                   grain = grains[static_cast<std::size_t>(facts.grain)];
        rows.push_back(Json{{"channel", facts.word},
                            {"kind", kind},
                            {"unit", facts.unit},
                            {"grain", grain},
                            {"effect", {facts.effect.least, facts.effect.most}},
                            {"total", {facts.total.least, facts.total.most}},
                            {"text", facts.text},
                            {"text_zh", facts.zh}});
        table.rows.push_back({std::string(facts.word), std::string(kind), std::string(facts.unit), std::string(grain),
                              text_of(facts.effect), text_of(facts.total), std::string(facts.text),
                              std::string(facts.zh)});
    }
    if (options.format == Format::json) return titled("channels", "channels", std::move(rows));
    return options.format == Format::markdown ? "# Channels\n\n" + table.markdown() : table.text();
}

std::string describe_parameters(const DescribeOptions& options) {
    growth::Parameters defaults;
    auto rows = Json::array();
    const bool is_page = options.format == Format::markdown;
    auto text = is_page ? fmt::format("# Parameters\n\n{}", origin_of_page) : std::string();
    sim::table_of(defaults).each([&](const sim::Spec& subject, const sim::Member& member) {
        const auto entries =
            entries_below(fmt::format("parameters.{}", subject.name), std::get<sim::TableMember>(member.of));
        for (auto& row : sim::to_json(entries)) rows.push_back(std::move(row));
        if (is_page)
            text +=
                fmt::format("\n## {}\n\n`[parameters.{}]`\n\n{}", subject.text, subject.name, sim::markdown(entries));
        else
            text +=
                fmt::format("{}{}\n{}", text.empty() ? "" : "\n", subject.text, table_of_entries(entries).text(0, 2));
    });
    return options.format == Format::json ? titled("parameters", "parameters", std::move(rows)) : text;
}

std::string describe_targets(const DescribeOptions& options) {
    auto config = open_scenario(options.scenario.empty() ? std::string(default_scenario) : options.scenario).config;
    auto rows = Json::array();
    Table table;
    table.columns = {
        {"id"},   {"target"},     {"目标"},        {"section"},         {"indicator"},       {"industry"},
        {"unit"}, {"comparison"}, {"value", true}, {"tolerance", true}, {"threshold", true}, {"revenue_scope"}};
    for (auto& target : config.targets) {
        Json row{{"key", target.key}};
        row.update(sim::to_json(sim::table_of(target), {}));
        rows.push_back(std::move(row));
        const auto number = [](double value) { return value == 0 ? std::string() : fmt::format("{}", value); };
        const bool counts_revenue = target.indicator == growth::Indicator::firms_above_revenue;
        table.rows.push_back({target.key, target.name, target.name_zh, target.section,
                              std::string(sim::word_of(target.indicator)), target.industry, target.unit,
                              std::string(sim::word_of(target.comparison)), number(target.value),
                              number(target.tolerance), number(target.threshold),
                              counts_revenue ? std::string(sim::word_of(target.revenue_scope)) : std::string()});
    }
    if (options.format == Format::json) return titled("targets", "targets", std::move(rows));
    return options.format == Format::markdown ? "# Targets\n\n" + table.markdown() : table.text();
}

std::string describe_outputs(const DescribeOptions& options) {
    auto rows = Json::array();
    Table table;
    table.columns = {{"name"}, {"unit"}, {"dimensions"}, {"meaning"}, {"中文"}};
    for (const auto& variable : variables()) {
        Json row{{"name", variable.name},
                 {"units", variable.units},
                 {"dims", variable.dims},
                 {"long_name", variable.long_name},
                 {"long_name_zh", variable.long_name_zh}};
        for (const auto& [name, value] : variable.extra)
            std::visit([&, &key = name](const auto& content) { row[key] = content; }, value);
        rows.push_back(std::move(row));
        table.rows.push_back({variable.name, variable.units, fmt::format("{}", fmt::join(variable.dims, ", ")),
                              variable.long_name, variable.long_name_zh});
    }
    if (options.format == Format::json) return titled("outputs", "outputs", std::move(rows));
    return options.format == Format::markdown ? "# Outputs\n\n" + table.markdown() : table.text();
}

std::string describe_panel(const DescribeOptions& options) {
    auto rows = Json::array();
    Table table;
    table.columns = {{"column"}, {"unit"}, {"meaning"}};
    for (const auto& spec : growth::panel_columns()) {
        rows.push_back(Json{{"name", spec.name}, {"units", spec.unit}, {"text", spec.text}, {"text_zh", spec.zh}});
        table.rows.push_back({std::string(spec.name), std::string(spec.unit), std::string(spec.text)});
    }
    if (options.format == Format::json) return titled("panel", "columns", std::move(rows));
    return options.format == Format::markdown
               ? fmt::format("# Columns of the panel of firms\n\n{}{}", origin_of_panel, table.markdown())
               : table.text();
}

struct Topic {
    std::string_view name;
    std::string_view text;
    std::string (*describe)(const DescribeOptions&);
    bool takes_scenario = false;
};

constexpr std::array<Topic, 6> topics{{
    {"levers",
     "The instruments of policy with their components: jiju describe levers [FILE], else of shaoxing-2011/plan",
     describe_levers, true},
    {"channels", "What components of levers can move", describe_channels},
    {"parameters", "The parameters of the model, with bounds, priors and sources", describe_parameters},
    {"targets", "The targets of a scenario: jiju describe targets [FILE], else of shaoxing-2011/plan", describe_targets,
     true},
    {"outputs", "The variables of a results file", describe_outputs},
    {"panel", "The columns of the firms one by one, which --record firms keeps", describe_panel},
}};

std::string list_topics() {
    std::string text = "jiju describe TOPIC [--json | --markdown], with a TOPIC of\n";
    for (const auto& topic : topics) text += fmt::format("  {:<12}{}\n", topic.name, topic.text);
    return text;
}

}  // namespace

std::string description(const DescribeOptions& options) {
    if (options.topic.empty()) return list_topics();
    std::vector<std::string_view> names;
    for (const auto& topic : topics) {
        names.push_back(topic.name);
        if (topic.name != options.topic) continue;
        if (!options.scenario.empty() && !topic.takes_scenario)
            throw UsageError(fmt::format("describe {} takes no file: it is the same for all scenarios", topic.name));
        return topic.describe(options);
    }
    throw UsageError(fmt::format("there is no topic {}{}", sim::in_quotes(options.topic),
                                 sim::suggestion(options.topic, names, "topics")));
}

int describe(const DescribeOptions& options) {
    print(description(options));
    return exit_code::ok;
}

namespace {

// Whole numbers without ".0", which JSON does not need.
void write_short(nlohmann::ordered_json& json) {
    for (auto& value : json)
        if (value.is_structured())
            write_short(value);
        else if (value.is_number_float() && std::abs(value.get<double>()) < 1e15 &&
                 value.get<double>() == std::trunc(value.get<double>()))
            value = static_cast<std::int64_t>(value.get<double>());
}

// A line an entry down to `depth`, and nothing but what JSON needs inside it: indentation would be a third of the text.
std::string by_lines(const nlohmann::ordered_json& json, int depth) {
    if (depth == 0 || !json.is_object() || json.empty()) return json.dump();
    std::string text;
    for (const auto& [key, value] : json.items())
        text += fmt::format("{}{}:{}", text.empty() ? "{" : ",\n", nlohmann::ordered_json(key).dump(),
                            by_lines(value, depth - 1));
    return text + "}";
}

}  // namespace

int schema() {
    constexpr int to_each_parameter = 5;
    auto text = sim::json_schema<growth::Config>("Jiju scenario");
    write_short(text);
    print(by_lines(text, to_each_parameter) + '\n');
    return exit_code::ok;
}

}  // namespace jiju
