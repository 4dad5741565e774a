// `jiju describe` and `jiju schema`: what can be set and what comes out, from the descriptions the code itself uses.
#include <array>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/layout.hpp"
#include "apps/scenario.hpp"
#include "apps/summary.hpp"
#include "apps/table.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/reference.hpp"
#include "sim/scenario/schema.hpp"
#include "sim/scenario/write.hpp"

namespace jiju {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view origin_of_page =
    "Written by `tools/generate_docs` from the descriptions in the code. \"Source\" says where a default and its prior "
    "come from;\n\"5 to 95 %\" is the prior that every replicate draws from, its median being the default.\n";

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
        sim::Field bounds;
        bounds.lower = entry.lower;
        bounds.upper = entry.upper;
        const bool is_quantity = entry.type == "number" || entry.type == "integer" || entry.type == "schedule";
        table.rows.push_back({entry.path, entry.standard, entry.unit == "1" ? "" : entry.unit,
                              is_quantity ? sim::bounds_text(bounds) : entry.type, entry.prior, entry.text,
                              entry.source});
    }
    return table;
}

struct Lever {
    growth::LeverFacts facts;
    std::vector<sim::Entry> settings;
};

std::vector<Lever> levers() {
    std::vector<Lever> found;
    growth::Levers defaults;
    growth::Levers::visit(defaults, [&](auto& lever) {
        constexpr auto& facts = std::remove_cvref_t<decltype(lever)>::facts;
        found.push_back({facts, entries_below(fmt::format("levers.{}", facts.key), sim::table_of(lever))});
    });
    return found;
}

Json json_of_lever(const Lever& lever) {
    const auto& facts = lever.facts;
    return {{"id", facts.id},
            {"key", facts.key},
            {"name", facts.name},
            {"name_zh", facts.name_zh},
            {"section", facts.section},
            {"works_on", facts.works_on},
            {"grade", std::string(1, facts.grade)},
            {"source", facts.source},
            {"settings", sim::to_json(lever.settings)}};
}

std::string describe_levers(const DescribeOptions& options) {
    if (options.format == Format::json) {
        auto rows = Json::array();
        for (const auto& lever : levers()) rows.push_back(json_of_lever(lever));
        return titled("levers", "levers", std::move(rows));
    }
    const bool is_page = options.format == Format::markdown;
    auto text = is_page ? fmt::format("# Levers\n\n{}{}", origin_of_page, grades_text) : std::string(grades_text);
    for (const auto& [facts, settings] : levers())
        if (is_page)
            text += fmt::format(
                "\n## {} {} {}\n\n`[levers.{}]`, section {} of the plan. Works on: {}. Evidence: {} ({}).\n\n{}",
                facts.id, facts.name, facts.name_zh, facts.key, facts.section, facts.works_on, facts.grade,
                facts.source, sim::markdown(settings));
        else
            text += fmt::format("\n{}  {}  {} {}\n  works on: {}\n  section {} of the plan; evidence {}: {}\n{}",
                                facts.id, facts.key, facts.name, facts.name_zh, facts.works_on, facts.section,
                                facts.grade, facts.source, table_of_entries(settings).text(0, 2));
    return text;
}

std::string describe_parameters(const DescribeOptions& options) {
    growth::Parameters defaults;
    auto rows = Json::array();
    const bool is_page = options.format == Format::markdown;
    auto text = is_page ? fmt::format("# Parameters\n\n{}", origin_of_page) : std::string();
    sim::table_of(defaults).each([&](const sim::Field& subject, const sim::Member& member) {
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
    auto config = open_scenario(options.scenario.empty() ? "shaoxing-2011/plan" : options.scenario).config;
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

struct Topic {
    std::string_view name;
    std::string_view text;
    std::string (*describe)(const DescribeOptions&);
};

constexpr std::array<Topic, 4> topics{{
    {"levers", "The instruments of policy and their settings", describe_levers},
    {"parameters", "The parameters of the model, with bounds, priors and sources", describe_parameters},
    {"targets", "The targets of a scenario: jiju describe targets [FILE], else of shaoxing-2011/plan",
     describe_targets},
    {"outputs", "The variables of a results file", describe_outputs},
}};

std::string list_topics() {
    std::string text = "jiju describe TOPIC [--json | --markdown], with a TOPIC of\n";
    for (const auto& topic : topics) text += fmt::format("  {:<12}{}\n", topic.name, topic.text);
    return text;
}

}  // namespace

int describe(const DescribeOptions& options) {
    if (options.topic.empty()) {
        print(list_topics());
        return exit_code::ok;
    }
    std::vector<std::string_view> names;
    for (const auto& topic : topics) {
        names.push_back(topic.name);
        if (topic.name != options.topic) continue;
        if (!options.scenario.empty() && topic.name != "targets")
            throw UsageError(fmt::format("describe {} takes no file: it is the same for all scenarios", topic.name));
        print(topic.describe(options));
        return exit_code::ok;
    }
    throw UsageError(fmt::format("there is no topic {}{}", sim::in_quotes(options.topic),
                                 sim::suggestion(options.topic, names, "topics")));
}

int schema() {
    print(dump(sim::json_schema<growth::Config>("Jiju scenario")));
    return exit_code::ok;
}

}  // namespace jiju
