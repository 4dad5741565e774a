// The table of targets as people and programs read it.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "apps/console.hpp"
#include "apps/summary.hpp"
#include "apps/table.hpp"

namespace jiju {
namespace {

using sim::Language;

// The parts of the units that targets are given in.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> units_zh{{{"1e8 CNY", "亿元"},
                                                                                 {"year", "年"},
                                                                                 {"firms", "家"},
                                                                                 {"centres", "家"},
                                                                                 {"persons", "人"},
                                                                                 {"teams", "个"},
                                                                                 {"clusters", "个"}}};

std::string unit_text(std::string unit, Language language) {
    if (unit == "1") return "";
    if (language == Language::zh)
        for (const auto& [english, chinese] : units_zh)
            if (const auto at = unit.find(english); at != std::string::npos) unit.replace(at, english.size(), chinese);
    return unit;
}

// Three digits of the target's value, alike over a row; none after the point where all results are whole.
int decimals_of(const TargetSummary& row) {
    const std::array results{row.low, row.median, row.high};
    if (std::all_of(results.begin(), results.end(), [](double x) { return std::isnan(x) || x == std::round(x); }))
        return 0;
    if (row.target.value <= 0) return 3;
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(row.target.value))), 0, 3);
}

std::string number_text(double value, int decimals) {
    return std::isnan(value) ? "–" : fmt::format("{:.{}f}", value, decimals);
}

std::string gap_text(double gap) {
    return std::isnan(gap) ? "–" : fmt::format("{:+.1f} %", std::round(gap * 1000) / 10 + 0.0);
}

std::string probability_text(const sim::Probability& probability) {
    const auto& [share, error, bound] = probability;
    if (std::isnan(share)) return "–";
    if (bound) return fmt::format("{:.3f} ({}{:.3f})", share, share == 0 ? "<" : ">", *bound);
    return fmt::format("{:.3f} (±{:.3f})", share, error);
}

Table table_of_targets(const Summary& summary, Language language) {
    const bool zh = language == Language::zh;
    const auto last_year = summary.scenario.start_year + summary.scenario.years - 1;
    Table table;
    table.columns = {{zh ? "编号" : "id"},
                     {zh ? "目标" : "target", false, true},
                     {zh ? "单位" : "unit"},
                     {zh ? fmt::format("{}年目标", last_year) : fmt::format("by {}", last_year), true},
                     {"5 %", true},
                     {"50 %", true},
                     {"95 %", true},
                     {zh ? "差距" : "gap", true},
                     {zh ? "实现概率" : "probability", true}};
    for (const auto& row : summary.targets) {
        const auto& target = row.target;
        const int decimals = decimals_of(row);
        table.rows.push_back({target.key, zh ? target.name_zh : target.name, unit_text(target.unit, language),
                              fmt::format("{} {}", target.tolerance > 0 ? "≈" : "≥", target.value),
                              number_text(row.low, decimals), number_text(row.median, decimals),
                              number_text(row.high, decimals), gap_text(row.gap), probability_text(row.probability)});
    }
    return table;
}

std::string head_en(const Summary& s) {
    const auto& g = s.scenario;
    auto head = fmt::format("{}: {}, {}–{}\n{} replicates, seed {}; jiju {} ({:.12}), scenario {:.12}\n", g.name,
                            g.city, g.start_year, g.start_year + g.years - 1, s.replicates, g.seed,
                            s.maker.software_version, s.maker.commit, s.scenario_sha256);
    if (!s.failures.empty())
        head += fmt::format("{} of {} replicates failed and are left out\n", s.failures.size(), s.replicates);
    return head;
}

std::string head_zh(const Summary& s) {
    const auto& g = s.scenario;
    auto head = fmt::format("{}：{}，{}–{}年\n{}次重复试验，随机种子{}；jiju {} ({:.12})，情景 {:.12}\n", g.name_zh,
                            g.city_zh, g.start_year, g.start_year + g.years - 1, s.replicates, g.seed,
                            s.maker.software_version, s.maker.commit, s.scenario_sha256);
    if (!s.failures.empty()) head += fmt::format("{}次中有{}次失败，未计入\n", s.replicates, s.failures.size());
    return head;
}

constexpr std::string_view foot_en =
    "5, 50, 95 %: the share of replicates that lie below. gap: of the median, against the target. probability: the\n"
    "share of replicates that meet the target, with its Monte Carlo standard error; < and > are 95 % bounds where\n"
    "none or all do. ≈: the plan says about, and a little less also counts. Targets are judged by {}.\n";
constexpr std::string_view foot_zh =
    "5 %、50 %、95 %：低于该值的试验所占比例。差距：中位数与目标值之差。实现概率：达到目标的试验所占比例及其\n"
    "蒙特卡洛标准误差；无一达到或全部达到时，< 和 > 为95 %置信界。≈：规划写明“左右”，略低亦算达到。按{}判定。\n";

std::string text_of(const Summary& summary, Language language, std::size_t width) {
    const bool zh = language == Language::zh;
    const auto head = zh ? head_zh(summary) : head_en(summary);
    std::string text;
    for (std::size_t from = 0, to = 0; (to = head.find('\n', from)) != std::string::npos; from = to + 1)
        text += harmless(head.substr(from, to - from)) + '\n';
    return text + '\n' + table_of_targets(summary, language).text(width) + '\n';
}

// Of many scenarios only how likely each target is; a row a scenario.
Table table_of_probabilities(const std::vector<Summary>& summaries, Language language) {
    const bool zh = language == Language::zh;
    Table table;
    table.columns = {{zh ? "情景" : "scenario"}};
    std::vector<std::string> keys;
    for (const auto& row : summaries.front().targets) keys.push_back(row.target.key);
    std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
        return std::pair(a.size(), a) < std::pair(b.size(), b);  // T2 before T10
    });
    for (const auto& key : keys) table.columns.push_back({key, true});
    for (const auto& summary : summaries) {
        table.rows.push_back({summary.key});
        for (const auto& key : keys)
            for (const auto& row : summary.targets)
                if (row.target.key == key)
                    table.rows.back().push_back(
                        std::isnan(row.probability.share) ? "–" : fmt::format("{:.3f}", row.probability.share));
    }
    return table;
}

constexpr std::string_view many_en = "{} scenarios, {} replicates each, seed {}; jiju {} ({:.12})\n\n";
constexpr std::string_view many_zh = "{}个情景，各{}次重复试验，随机种子{}；jiju {} ({:.12})\n\n";
constexpr std::string_view many_foot_en = "Each number: the share of replicates that meet the target.\n";
constexpr std::string_view many_foot_zh = "各数字：达到该目标的试验所占比例。\n";

std::string text_of_many(const std::vector<Summary>& summaries, Language language, std::size_t width) {
    const auto& first = summaries.front();
    const bool zh = language == Language::zh;
    return fmt::format(fmt::runtime(zh ? many_zh : many_en), summaries.size(), first.replicates, first.scenario.seed,
                       first.maker.software_version, first.maker.commit) +
           table_of_probabilities(summaries, language).text(width) + '\n' +
           std::string(zh ? many_foot_zh : many_foot_en);
}

std::string text_of(const std::vector<Summary>& summaries, Language language, std::size_t width) {
    constexpr std::size_t most_whole_tables = 3;
    if (summaries.size() > most_whole_tables) return text_of_many(summaries, language, width);
    std::string text;
    for (const auto& summary : summaries)
        text += text_of(summary, language, width) + (summaries.size() > 1 ? "\n" : "");
    const bool reported = summaries.front().scenario.target_basis == growth::Basis::reported;
    if (language == Language::zh) return text + fmt::format(foot_zh, reported ? "上报数" : "实际数");
    return text + fmt::format(foot_en, reported ? "what is reported" : "what happened");
}

nlohmann::ordered_json json_of(const TargetSummary& row) {
    const auto& [share, error, bound] = row.probability;
    return {{"key", row.target.key},
            {"name", row.target.name},
            {"name_zh", row.target.name_zh},
            {"section", row.target.section},
            {"unit", row.target.unit},
            {"value", row.target.value},
            {"tolerance", row.target.tolerance},
            {"p5", row.low},
            {"p50", row.median},
            {"p95", row.high},
            {"gap", row.gap},
            {"probability", share},
            {"standard_error", error},
            {"bound", bound ? nlohmann::ordered_json(*bound) : nullptr}};
}

nlohmann::ordered_json json_of(const Summary& summary) {
    const auto& general = summary.scenario;
    nlohmann::ordered_json json{{"key", summary.key},
                                {"name", general.name},
                                {"name_zh", general.name_zh},
                                {"city", general.city},
                                {"city_zh", general.city_zh},
                                {"first_year", general.start_year},
                                {"last_year", general.start_year + general.years - 1},
                                {"target_basis", sim::word_of(general.target_basis)},
                                {"sha256", summary.scenario_sha256}};
    json["failures"] = nlohmann::ordered_json::array();
    for (const auto& failure : summary.failures)
        json["failures"].push_back(
            {{"replicate", failure.replicate}, {"step", failure.step}, {"cause", failure.message}});
    json["targets"] = nlohmann::ordered_json::array();
    for (const auto& row : summary.targets) json["targets"].push_back(json_of(row));
    return json;
}

nlohmann::ordered_json json_of(const std::vector<Summary>& summaries) {
    const auto& first = summaries.front();
    nlohmann::ordered_json json{{"format", "jiju summary"}, {"version", 2}};
    json["software"] = {{"version", first.maker.software_version}, {"git_sha1", first.maker.commit}};
    json["seed"] = first.scenario.seed;
    json["replicates"] = first.replicates;
    json["scenarios"] = nlohmann::ordered_json::array();
    for (const auto& summary : summaries) json["scenarios"].push_back(json_of(summary));
    return json;
}

}  // namespace

std::string shown(const std::vector<Summary>& summaries, Language language, bool as_json) {
    return as_json ? dump(json_of(summaries)) : text_of(summaries, language, terminal_width());
}

std::string dump(const nlohmann::ordered_json& json) {
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace jiju
