// `jiju describe`: what can be set, what comes out and what a scenario holds, from the descriptions the code itself
// uses.
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "apps/console.hpp"
#include "apps/describe_topics.hpp"
#include "apps/summary_tables.hpp"
#include "sim/describe/translated.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/names.hpp"
#include "sim/scenario/write.hpp"
#include "study/scenario.hpp"

namespace jiju {

std::string heading(const DescribeOptions& options, std::string_view word) {
    static const std::map<std::string_view, std::string_view> zh = {
        {"name", "名称"},
        {"default", "默认值"},
        {"unit", "单位"},
        {"allowed", "取值范围"},
        {"5 to 95 %", "5%至95%"},
        {"meaning", "含义"},
        {"source", "来源"},
        {"value", "数值"},
        {"row", "条目"},
        {"settings", "设定"},
        {"evidence", "证据"},
        {"channel", "渠道"},
        {"kind", "类型"},
        {"differs by", "差异维度"},
        {"effect", "单项效果"},
        {"all together", "合计效果"},
        {"what it moves", "作用对象"},
        {"dimensions", "维度"},
        {"column", "列"},
        {"target", "目标"},
        {"section", "章节"},
        {"scenario", "情景"},
        {"design", "试验设计"},
        {"base", "基准情景"},
        {"factors", "因素"},
        {"city", "城市"},
    };
    const auto found = zh.find(word);
    return std::string(is_zh(options) && found != zh.end() ? found->second : word);
}

std::string titled(std::string_view kind, std::string_view name, nlohmann::ordered_json rows,
                   const nlohmann::ordered_json& more) {
    nlohmann::ordered_json json{{"format", fmt::format("jiju {}", kind)}, {"version", 1}};
    json[std::string(name)] = std::move(rows);
    json.update(more);
    return dump(json);
}

Table table_of_entries(const DescribeOptions& options, const std::vector<sim::Entry>& entries) {
    Table table;
    for (const auto* title : {"name", "default", "unit", "allowed", "5 to 95 %", "meaning", "source"})
        table.columns.push_back({heading(options, title)});
    for (const auto& entry : entries) {
        sim::Spec bounds;
        bounds.lower = entry.lower;
        bounds.upper = entry.upper;
        const bool is_quantity = entry.type == "number" || entry.type == "integer" || entry.type == "schedule";
        table.rows.push_back({entry.path, entry.standard, entry.unit == "1" ? "" : entry.unit,
                              is_quantity ? sim::bounds_text(bounds) : sim::type_text(entry), sim::prior_text(entry),
                              in(options, entry.text, entry.zh), sim::translated(entry.source)});
    }
    return table;
}

nlohmann::ordered_json to_read(nlohmann::ordered_json value) {
    if (value.is_structured())
        for (auto& element : value) element = to_read(std::move(element));
    if (value.is_number_float() && std::isfinite(value.get<double>()))
        value = nlohmann::ordered_json::parse(fmt::format("{:#.12g}", value.get<double>()));
    return value;
}

std::string value_text(const nlohmann::ordered_json& exact) {
    const auto value = to_read(exact);
    if (value.is_object() && value.contains("median"))
        return sim::translated("{} ({} to {})", value["median"].dump(), value["low"].dump(), value["high"].dump());
    if (value.is_object() && value.contains("quantiles")) {
        std::map<double, double> at = value["quantiles"];
        return sim::translated("{} ({} to {})", at[0.5], at[0.05], at[0.95]);
    }
    if (value.is_object()) return sim::inline_toml(value);
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string shown(const DescribeOptions& options, std::string_view title, const Table& table) {
    return options.format == Format::markdown ? fmt::format("# {}\n\n{}", title, table.markdown()) : table.text();
}

void refuse_name(std::string_view what, std::string_view name, const std::vector<std::string>& known) {
    const std::vector<std::string_view> options(known.begin(), known.end());
    throw UsageError(sim::translated("there is no {} {}{}", what, sim::in_quotes(name),
                                     sim::suggestion(name, options, sim::translated("{}s are", what))));
}

namespace {

// What may follow a topic on the command line.
enum class Takes : std::uint8_t { nothing, file, name, maybe_name, name_and_file };

struct Topic {
    std::string_view name;
    Takes takes;
    std::string_view text, zh;
    std::string (*describe)(const DescribeOptions&);
};

std::string describe_catalogue(const DescribeOptions& options) {
    return catalogue({.json = options.format == Format::json, .language = options.language});
}

constexpr std::array topics = {
    Topic{"scenarios", Takes::nothing, "All scenarios and designs, as jiju list", "全部情景与试验设计，同 jiju list",
          describe_catalogue},
    Topic{"scenario", Takes::file, "One scenario in short: its files, policy and targets",
          "一个情景的概要：文件、政策与目标", describe_scenario},
    Topic{"keys", Takes::maybe_name, "Everything a scenario file can say: jiju describe keys [TABLE]",
          "情景文件可写的全部内容：jiju describe keys [表名]", describe_keys},
    Topic{"industries", Takes::file, "The industries of a scenario", "情景的产业", describe_rows},
    Topic{"fields", Takes::file, "The fields of its industries", "产业的领域", describe_rows},
    Topic{"places", Takes::file, "Its places", "情景的地区", describe_rows},
    Topic{"clusters", Takes::file, "Its clusters", "情景的集聚区", describe_rows},
    Topic{"firms", Takes::file, "Its firms known by name", "具名企业", describe_rows},
    Topic{"macro", Takes::file, "Its paths of the macro economy", "宏观经济路径", describe_rows},
    Topic{"purses", Takes::file, "Its purses, which levers share", "政策工具共用的资金池", describe_rows},
    Topic{"targets", Takes::file, "Its targets", "规划目标", describe_rows},
    Topic{"levers", Takes::file, "Its instruments of policy with their components", "政策工具及其组成部分",
          describe_levers},
    Topic{"industry", Takes::name_and_file, "One of these by its key, with every value and what may be changed",
          "按键名显示其中一项的全部取值", describe_row},
    Topic{"field", Takes::name_and_file, "The same", "同上", describe_row},
    Topic{"place", Takes::name_and_file, "The same", "同上", describe_row},
    Topic{"cluster", Takes::name_and_file, "The same", "同上", describe_row},
    Topic{"firm", Takes::name_and_file, "The same", "同上", describe_row},
    Topic{"path", Takes::name_and_file, "The same, of the macro economy", "同上，宏观经济路径", describe_row},
    Topic{"purse", Takes::name_and_file, "The same", "同上", describe_row},
    Topic{"target", Takes::name_and_file, "The same", "同上", describe_row},
    Topic{"lever", Takes::name_and_file, "One lever: jiju describe lever special_fund", "一项政策工具", describe_lever},
    Topic{"parameters", Takes::nothing, "The parameters of the model, with bounds, priors and sources",
          "模型参数及其范围、先验与来源", describe_parameters},
    Topic{"parameter", Takes::name, "One of them, or a subject: jiju describe parameter demand.change_response",
          "一个参数或一组参数", describe_parameter},
    Topic{"channels", Takes::nothing, "What components of levers can move", "政策工具可作用的渠道", describe_channels},
    Topic{"outputs", Takes::nothing, "The variables of a results file", "结果文件的变量", describe_outputs},
    Topic{"panel", Takes::nothing, "The columns of the firms one by one, which --record firms keeps",
          "企业面板的列（--record firms）", describe_panel},
};

std::string list_topics(const DescribeOptions& options) {
    static constexpr std::array<std::string_view, 5> after = {"", "[FILE]", "NAME", "[NAME]", "NAME [FILE]"};
    std::string text(in(options,
                        "jiju describe TOPIC [NAME] [FILE] [--lang zh] [--json | --markdown]; without FILE of "
                        "shaoxing-2011/plan.\nTOPIC is one of\n",
                        "jiju describe TOPIC [NAME] [FILE] [--lang zh] [--json | --markdown]；不写FILE时为"
                        "shaoxing-2011/plan。\nTOPIC可以是\n"));
    for (const auto& topic : topics)
        text += fmt::format("  {:<24}{}\n", fmt::format("{} {}", topic.name, after[static_cast<int>(topic.takes)]),
                            in(options, topic.text, topic.zh));
    return text;
}

// The words after the topic, each in its place.
DescribeOptions placed(DescribeOptions options, const Topic& topic) {
    const bool takes_name =
        topic.takes == Takes::name || topic.takes == Takes::maybe_name || topic.takes == Takes::name_and_file;
    const bool takes_file = topic.takes == Takes::file || topic.takes == Takes::name_and_file;
    auto words = std::move(options.words);
    options.words.clear();
    if (takes_name && !words.empty()) options.name = words.front(), words.erase(words.begin());
    if (takes_file && !words.empty()) options.scenario = words.front(), words.erase(words.begin());
    if (!words.empty())
        throw UsageError(
            takes_name || takes_file
                ? sim::translated("describe {}: {} is one word too many", topic.name, sim::in_quotes(words.front()))
                : sim::translated("describe {} takes no file: it is the same for all scenarios", topic.name));
    if (options.name.empty() && takes_name && topic.takes != Takes::maybe_name)
        throw UsageError(sim::translated(
            "describe {} needs a name, such as 'jiju describe {}'", topic.name,
            topic.name == "parameter" ? "parameter demand.change_response" : fmt::format("{} KEY", topic.name)));
    if (options.scenario.empty()) options.scenario = default_scenario;
    return options;
}

}  // namespace

std::string description(const DescribeOptions& options) {
    if (options.topic.empty()) return list_topics(options);
    std::vector<std::string> names;
    for (const auto& topic : topics) {
        names.emplace_back(topic.name);
        if (topic.name == options.topic) return topic.describe(placed(options, topic));
    }
    refuse_name(in(options, "topic", "主题"), options.topic, names);
}

int describe(const DescribeOptions& options) {
    print(description(options));
    return exit_code::ok;
}

}  // namespace jiju
