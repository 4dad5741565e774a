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
                            g.city, g.start_year, g.start_year + g.years - 1, s.replicates, g.seed, s.software_version,
                            s.commit, s.scenario_sha256);
    if (!s.failures.empty())
        head += fmt::format("{} of {} replicates failed and are left out\n", s.failures.size(), s.replicates);
    return head;
}

std::string head_zh(const Summary& s) {
    const auto& g = s.scenario;
    auto head = fmt::format("{}：{}，{}–{}年\n{}次重复试验，随机种子{}；jiju {} ({:.12})，情景 {:.12}\n", g.name_zh,
                            g.city_zh, g.start_year, g.start_year + g.years - 1, s.replicates, g.seed,
                            s.software_version, s.commit, s.scenario_sha256);
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

}  // namespace

std::string to_text(const Summary& summary, Language language, std::size_t width) {
    const bool zh = language == Language::zh;
    const bool reported = summary.scenario.target_basis == growth::Basis::reported;
    const auto head = zh ? head_zh(summary) : head_en(summary);
    std::string text;
    for (std::size_t from = 0, to = 0; (to = head.find('\n', from)) != std::string::npos; from = to + 1)
        text += harmless(head.substr(from, to - from)) + '\n';
    text += '\n' + table_of_targets(summary, language).text(width) + '\n';
    if (zh) return text + fmt::format(foot_zh, reported ? "上报数" : "实际数");
    return text + fmt::format(foot_en, reported ? "what is reported" : "what happened");
}

nlohmann::ordered_json to_json(const Summary& summary) {
    const auto& general = summary.scenario;
    nlohmann::ordered_json json{{"format", "jiju summary"}, {"version", 1}};
    json["scenario"] = {{"name", general.name},
                        {"name_zh", general.name_zh},
                        {"city", general.city},
                        {"city_zh", general.city_zh},
                        {"first_year", general.start_year},
                        {"last_year", general.start_year + general.years - 1},
                        {"target_basis", sim::word_of(general.target_basis)},
                        {"sha256", summary.scenario_sha256}};
    json["software"] = {{"version", summary.software_version}, {"git_sha1", summary.commit}};
    json["seed"] = general.seed;
    json["replicates"] = summary.replicates;
    json["failures"] = nlohmann::ordered_json::array();
    for (const auto& [replicate, cause] : summary.failures)
        json["failures"].push_back({{"replicate", replicate}, {"cause", cause}});
    json["targets"] = nlohmann::ordered_json::array();
    for (const auto& row : summary.targets) {
        const auto& [share, error, bound] = row.probability;
        json["targets"].push_back({{"key", row.target.key},
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
                                   {"bound", bound ? nlohmann::ordered_json(*bound) : nullptr}});
    }
    return json;
}

std::string shown(const Summary& summary, Language language, bool as_json) {
    return as_json ? dump(to_json(summary)) : to_text(summary, language, terminal_width());
}

std::string dump(const nlohmann::ordered_json& json) {
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace jiju
