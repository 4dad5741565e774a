// `jiju list`: which scenarios and designs there are, those that come with the program and those of the working folder.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/describe_topics.hpp"
#include "sim/describe/errors.hpp"
#include "sim/scenario/names.hpp"
#include "study/catalogue.hpp"

namespace jiju {
namespace {

using Json = nlohmann::ordered_json;

std::string titles(const CatalogueEntry& entry, bool zh) {
    std::vector<std::string> names;
    for (const auto& [en, other] : entry.factors) names.push_back(zh && !other.empty() ? other : en);
    return fmt::format("{}", fmt::join(names, zh ? " × " : " by "));
}

Json json_of(const std::vector<CatalogueEntry>& entries, bool are_designs) {
    auto rows = Json::array();
    for (const auto& entry : entries) {
        Json row{{"key", entry.key}, {"path", entry.path.string()}, {"own", entry.is_own}};
        if (!entry.problem.empty()) {
            row["problem"] = entry.problem;
        } else if (are_designs) {
            row["base"] = entry.base;
            row["factors"] = Json::array();
            for (const auto& [en, zh] : entry.factors) row["factors"].push_back({{"name", en}, {"name_zh", zh}});
        } else {
            row.update(
                {{"name", entry.name}, {"name_zh", entry.name_zh}, {"city", entry.city}, {"city_zh", entry.city_zh}});
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::string catalogue(const ListOptions& options) {
    const auto scenarios = scenarios_there_are(), designs = designs_there_are();
    if (options.json) {
        Json json{{"format", "jiju list"}, {"version", 1}};
        json["scenarios"] = json_of(scenarios, false);
        json["designs"] = json_of(designs, true);
        return json.dump(2) + '\n';
    }
    const DescribeOptions words{.language = options.language};
    const bool zh = options.language == sim::Language::zh;
    Table table;
    table.columns = {
        {heading(words, "scenario")}, {heading(words, "name")}, {zh ? "英文名" : "名称"}, {heading(words, "city")}};
    for (const auto& entry : scenarios)
        if (entry.problem.empty())
            table.rows.push_back({entry.key, zh ? entry.name_zh : entry.name, zh ? entry.name : entry.name_zh,
                                  zh ? entry.city_zh : entry.city});
        else
            table.rows.push_back({entry.key, entry.problem, "", ""});
    auto text = table.text();
    table = {};
    table.columns = {{heading(words, "design")}, {heading(words, "base")}, {heading(words, "factors")}};
    for (const auto& entry : designs)
        table.rows.push_back({entry.key, entry.problem.empty() ? entry.base : entry.problem, titles(entry, zh)});
    if (!designs.empty()) text += '\n' + table.text();
    return text;
}

int list(const ListOptions& options) {
    print(catalogue(options));
    return exit_code::ok;
}

}  // namespace jiju
