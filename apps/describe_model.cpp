// Topics of `jiju describe` that are the same for all scenarios: what files can say, parameters, channels, outputs, the
// panel of firms.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/console.hpp"
#include "apps/describe_topics.hpp"
#include "models/growth/config.hpp"
#include "models/growth/measure/panel.hpp"
#include "models/growth/policy/channels.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "sim/describe/translated.hpp"
#include "study/layout.hpp"

namespace jiju {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view origin_of_page = sim::to_translate(
    "Written by `tools/generate_docs` from the descriptions in the code. \"Source\" says where a default and its prior "
    "come from;\n\"5 to 95 %\" is the prior that every replicate draws from, its median being the default.\n");

constexpr std::string_view origin_of_panel = sim::to_translate(
    "Written by `tools/generate_docs` from the descriptions in the code. A run with `--record firms` keeps a row for "
    "each living\nfirm and step; `jiju.firms` gives them as a table, without `panel_` and `firm_` before the names and "
    "with keys in place of\ncodes. A stock is that of the end of the step, a flow that of the step; amounts a year are "
    "rates. What firm-years\nmake of them, for facts and trials, stands in [trials.md](trials.md).\n\n");

std::vector<sim::Entry> entries_below(const std::string& path, const sim::TableMember& table) {
    auto found = sim::entries(table);
    for (auto& entry : found) entry.path = path + '.' + entry.path;
    return found;
}

// The entries of a table of scenario files, under the names that they have there.
std::vector<sim::Entry> entries_of(std::string_view table, const sim::Member& member) {
    const std::string path(table);
    if (const auto* rows = std::get_if<sim::RowsMember>(&member.of))
        return entries_below(path + ".<key>", {rows->each_default});
    return entries_below(path, std::get<sim::TableMember>(member.of));
}

}  // namespace

// Each top-level table with its keys; of parameters only the subjects, since `describe parameters` has the keys.
std::string describe_keys(const DescribeOptions& options) {
    growth::Config defaults;
    auto rows = Json::array();
    auto tables = Json::array();
    std::string text;
    std::vector<std::string> known;
    bool found = options.name.empty();
    sim::table_of(defaults).each([&](const sim::Spec& spec, const sim::Member& member) {
        known.emplace_back(spec.name);
        const bool is_named = options.name == spec.name;
        if (is_named) found = true;
        if ((!options.name.empty() && !is_named) || (options.name.empty() && spec.name == "parameters")) return;
        const auto entries = entries_of(spec.name, member);
        for (auto& row : sim::to_json(entries)) rows.push_back(std::move(row));
        const bool is_keyed = std::holds_alternative<sim::RowsMember>(member.of);
        tables.push_back({{"table", spec.name}, {"text", spec.text}, {"text_zh", spec.zh}});
        const auto written = fmt::format("[{}{}]", spec.name, is_keyed ? ".KEY" : "");
        if (options.format == Format::markdown)
            text += sim::translated("{}### `{}`\n\n{}.\n\n{}", text.empty() ? "" : "\n", written,
                                    in(options, spec.text, spec.zh), sim::markdown(entries));
        else
            text += fmt::format("{}{}  {}\n{}", text.empty() ? "" : "\n", written, in(options, spec.text, spec.zh),
                                table_of_entries(options, entries).text(0, 2));
    });
    if (!found) refuse_name(in(options, "table", "表"), options.name, known);
    return options.format == Format::json ? titled("keys", "keys", std::move(rows), {{"tables", tables}}) : text;
}

std::string describe_parameters(const DescribeOptions& options) {
    growth::Parameters defaults;
    auto rows = Json::array(), subjects = Json::array();
    const bool is_page = options.format == Format::markdown;
    auto text = is_page ? sim::translated("# Parameters\n\n{}", sim::translated(origin_of_page)) : std::string();
    sim::table_of(defaults).each([&](const sim::Spec& subject, const sim::Member& member) {
        const auto entries =
            entries_below(fmt::format("parameters.{}", subject.name), std::get<sim::TableMember>(member.of));
        for (auto& row : sim::to_json(entries)) rows.push_back(std::move(row));
        subjects.push_back({{"subject", subject.name}, {"text", subject.text}, {"text_zh", subject.zh}});
        const auto title = in(options, subject.text, subject.zh);
        if (is_page)
            text += fmt::format("\n## {}\n\n`[parameters.{}]`\n\n{}", title, subject.name, sim::markdown(entries));
        else
            text +=
                fmt::format("{}{}\n{}", text.empty() ? "" : "\n", title, table_of_entries(options, entries).text(0, 2));
    });
    return options.format == Format::json
               ? titled("parameters", "parameters", std::move(rows), {{"subjects", subjects}})
               : text;
}

// One parameter, or those of one subject; `parameters.` before it may be left out.
std::string describe_parameter(const DescribeOptions& options) {
    constexpr std::string_view before = "parameters.";
    auto asked = options.name;
    if (asked.starts_with(before)) asked.erase(0, before.size());
    growth::Parameters defaults;
    std::vector<sim::Entry> found;
    std::vector<std::string> known;
    sim::table_of(defaults).each([&](const sim::Spec& subject, const sim::Member& member) {
        const auto path = std::string(subject.name);
        for (auto& entry : entries_below(path, std::get<sim::TableMember>(member.of))) {
            known.push_back(entry.path);
            if (entry.path != asked && !entry.path.starts_with(asked + '.')) continue;
            entry.path.insert(0, before);
            found.push_back(std::move(entry));
        }
    });
    if (found.empty()) refuse_name(in(options, "parameter", "参数"), asked, known);
    if (options.format == Format::json) return titled("parameters", "parameters", sim::to_json(found));
    if (options.format == Format::markdown) return sim::markdown(found);
    return table_of_entries(options, found).text();
}

std::string describe_channels(const DescribeOptions& options) {
    static constexpr std::array<std::string_view, 3> kinds = {sim::to_translate("factor"), sim::to_translate("amount"),
                                                              sim::to_translate("quantity")};
    static constexpr std::array<std::string_view, 3> grains = {sim::to_translate("tier of firm"),
                                                               sim::to_translate("cell"), sim::to_translate("city")};
    auto rows = Json::array();
    Table table;
    for (const auto* title : {"channel", "kind", "unit", "differs by", "effect", "all together", "what it moves"})
        table.columns.push_back({heading(options, title)});
    const bool both = options.format == Format::markdown && !is_zh(options);  // a page has both languages
    if (both) table.columns.push_back({"中文"});
    const auto text_of = [](const growth::Bounds& bounds) {
        return sim::translated("{} to {}", bounds.least, bounds.most);
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
        table.rows.push_back({std::string(facts.word), sim::translated(kind), std::string(facts.unit),
                              sim::translated(grain), text_of(facts.effect), text_of(facts.total),
                              in(options, facts.text, facts.zh)});
        if (both) table.rows.back().emplace_back(facts.zh);
    }
    if (options.format == Format::json) return titled("channels", "channels", std::move(rows));
    return shown(options, sim::translated("Channels"), table);
}

std::string describe_outputs(const DescribeOptions& options) {
    auto rows = Json::array();
    Table table;
    for (const auto* title : {"name", "unit", "dimensions", "meaning"})
        table.columns.push_back({heading(options, title)});
    const bool both = options.format == Format::markdown && !is_zh(options);  // a page has both languages
    if (both) table.columns.push_back({"中文"});
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
                              in(options, variable.long_name, variable.long_name_zh)});
        if (both) table.rows.back().push_back(variable.long_name_zh);
    }
    if (options.format == Format::json) return titled("outputs", "outputs", std::move(rows));
    return shown(options, sim::translated("Outputs"), table);
}

std::string describe_panel(const DescribeOptions& options) {
    auto rows = Json::array();
    Table table;
    for (const auto* title : {"column", "unit", "meaning"}) table.columns.push_back({heading(options, title)});
    for (const auto& spec : growth::panel_columns()) {
        rows.push_back(Json{{"name", spec.name}, {"units", spec.unit}, {"text", spec.text}, {"text_zh", spec.zh}});
        table.rows.push_back({std::string(spec.name), std::string(spec.unit), in(options, spec.text, spec.zh)});
    }
    if (options.format == Format::json) return titled("panel", "columns", std::move(rows));
    return options.format == Format::markdown ? sim::translated("# Columns of the panel of firms\n\n{}{}",
                                                                sim::translated(origin_of_panel), table.markdown())
                                              : table.text();
}

}  // namespace jiju
