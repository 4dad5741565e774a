// The table of targets as people read it.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "apps/console.hpp"
#include "apps/summary_tables.hpp"
#include "apps/table.hpp"
#include "models/growth/measure/units.hpp"
#include "study/characters.hpp"

namespace jiju {
namespace {

using sim::Language;

std::string unit_text(const std::string& unit, Language language) {
    if (unit == "1") return "";
    return language == Language::zh ? growth::unit_in_chinese(unit) : unit;
}

// Three digits of the target's value, alike over a row; none after the point where all results are whole.
int decimals_of(const growth::Target& target, const Range& range) {
    const std::array results{range.low, range.median, range.high};
    if (std::all_of(results.begin(), results.end(), [](double x) { return std::isnan(x) || x == std::round(x); }))
        return 0;
    if (target.value == 0) return 3;
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(std::abs(target.value)))), 0, 3);
}

std::string number_text(double value, int decimals) {
    return std::isnan(value) ? "–" : fmt::format("{:.{}f}", value, decimals);
}

std::string percent_text(double share, Language language) {
    return std::isnan(share) ? "–"
                             : fmt::format("{:.1f}{}", std::round(share * 1000) / 10 + 0.0, percent_sign(language));
}

std::string gap_text(double gap, Language language) {
    return (gap > 0 ? "+" : "") + percent_text(gap, language);
}

// A century ahead is as good as never, but not the same.
std::string year_text(double year, std::int64_t last_year) {
    if (std::isnan(year)) return "–";
    if (std::isinf(year)) return "∞";
    const auto latest = last_year + 100;
    const auto whole = std::llround(year);
    return whole > latest ? fmt::format(">{}", latest) : fmt::format("{}", whole);
}

std::string years_text(const Range& years, std::int64_t last_year) {
    const auto low = year_text(years.low, last_year), high = year_text(years.high, last_year);
    const auto median = year_text(years.median, last_year);
    return low == high ? median : fmt::format("{} ({}–{})", median, low, high);
}

// Estimates of a share that is next to nothing may lie below zero.
std::string variance_text(const std::optional<sim::VarianceComponents>& variance, Language language) {
    if (!variance || std::isnan(variance->share)) return "–";
    const auto percent = [](double share) { return std::clamp(100 * share, 0.0, 100.0); };
    const auto [low, high] = variance->interval;
    const auto text = fmt::format("{:.0f}{}", percent(variance->share), percent_sign(language));
    return low == high ? text : text + fmt::format(" ({:.0f}–{:.0f})", percent(low), percent(high));
}

std::string probability_text(const sim::Probability& probability) {
    const auto& [share, error, bound, interval] = probability;
    if (std::isnan(share)) return "–";
    if (std::isnan(error)) return fmt::format("{:.3f}", share);  // text_of_lack says why
    if (bound) return fmt::format("{:.3f} ({}{:.3f})", share, share == 0 ? "<" : ">", *bound);
    return fmt::format("{:.3f} (±{:.3f})", share, error);
}

std::vector<std::string> range_texts(const growth::Target& target, const Judged& judged, Language language) {
    const int decimals = decimals_of(target, judged.value);
    return {number_text(judged.value.low, decimals), number_text(judged.value.median, decimals),
            number_text(judged.value.high, decimals), gap_text(judged.gap, language)};
}

// The year stands there where it is not that of the heading.
std::string demand_text(const growth::Target& target) {
    const auto year = target.year ? fmt::format(" ({})", *target.year) : "";
    if (target.comparison == growth::Comparison::between)
        return fmt::format("{}–{}{}", target.value, target.upper.value_or(target.value), year);
    const bool about = target.comparison == growth::Comparison::about || target.tolerance > 0;
    const bool at_most = target.comparison == growth::Comparison::at_most;
    return fmt::format("{} {}{}", about ? "≈" : at_most ? "≤" : "≥", target.value, year);
}

// The same firms by the revenue that is not judged.
std::vector<std::string> other_scope_texts(const growth::Target& target, const Judged& judged, Language language) {
    const bool local = target.revenue_scope == growth::RevenueScope::group;
    const auto* name = language == Language::zh
                           ? (local ? "└ 按本地单位收入" : "└ 按集团收入")
                           : (local ? "└ by the local units' revenue" : "└ by the groups' revenue");
    std::vector<std::string> texts{"", name, unit_text(target.unit, language), demand_text(target)};
    for (auto& text : range_texts(target, judged, language)) texts.push_back(std::move(text));
    for (const auto* text : {"", ""}) texts.emplace_back(text);
    texts.push_back(probability_text(judged.probability));
    return texts;
}

std::vector<Column> columns_of_targets(const Summary& summary, Language language) {
    const bool zh = language == Language::zh;
    const auto last_year = summary.scenario.start_year + summary.scenario.years - 1;
    std::vector<Column> columns{{zh ? "编号" : "id"},
                                {zh ? "目标" : "target", false, true},
                                {zh ? "单位" : "unit"},
                                {zh ? fmt::format("{}年目标", last_year) : fmt::format("by {}", last_year), true},
                                {zh ? "5%" : "5 %", true},
                                {zh ? "50%" : "50 %", true},
                                {zh ? "95%" : "95 %", true},
                                {zh ? "差距" : "gap", true},
                                {zh ? "缺额" : "short", true},
                                {zh ? "实现年份" : "met in", true},
                                {zh ? "实现概率" : "probability", true}};
    if (summary.scenario.replicates_per_draw > 1) columns.push_back({zh ? "参数占比" : "parameters", true});
    return columns;
}

Table table_of_targets(const Summary& summary, Language language) {
    const auto last_year = summary.scenario.start_year + summary.scenario.years - 1;
    Table table;
    table.columns = columns_of_targets(summary, language);
    for (const auto& row : summary.targets) {
        const auto& target = row.target;
        std::vector<std::string> texts{target.key, language == Language::zh ? target.name_zh : target.name,
                                       unit_text(target.unit, language), demand_text(target)};
        for (auto& text : range_texts(target, row.judged, language)) texts.push_back(std::move(text));
        texts.push_back(percent_text(row.expected_shortfall, language));
        texts.push_back(years_text(row.year, last_year));
        texts.push_back(probability_text(row.judged.probability));
        texts.push_back(variance_text(row.variance, language));
        table.rows.push_back(std::move(texts));
        if (row.other_scope) table.rows.push_back(other_scope_texts(target, *row.other_scope, language));
    }
    for (auto& row : table.rows) row.resize(table.columns.size());
    return table;
}

Table table_of_groups(const Summary& summary, Language language) {
    const bool zh = language == Language::zh;
    Table table;
    table.columns = {{zh ? "同时实现" : "all of"}, {zh ? "目标" : "targets"}, {zh ? "实现概率" : "probability", true}};
    for (const auto& [group, targets, probability] : summary.groups)
        table.rows.push_back({zh ? group.name_zh : group.name, targets, probability_text(probability)});
    return table;
}

std::string draws_text(const Summary& s, Language language) {
    if (s.scenario.replicates_per_draw == 1) return "";
    return fmt::format(fmt::runtime(language == Language::zh ? "（{}组参数）" : " of {} draws of the parameters"),
                       s.draws);
}

std::string head_en(const Summary& s) {
    const auto& g = s.scenario;
    auto head = fmt::format("{}: {}, {}–{}\n{} replicates{}, seed {}; jiju {} ({:.12}), scenario {:.12}\n", g.name,
                            g.city, g.start_year, g.start_year + g.years - 1, s.replicates, draws_text(s, Language::en),
                            g.seed, s.maker.software_version, s.maker.commit, s.scenario_sha256);
    if (!s.failures.empty())
        head += fmt::format("{} of {} replicates failed and are left out\n", s.failures.size(), s.replicates);
    return head;
}

std::string head_zh(const Summary& s) {
    const auto& g = s.scenario;
    auto head =
        fmt::format("{}：{}，{}–{}年\n{}次重复试验{}，随机种子{}；jiju {} ({:.12})，情景 {:.12}\n", g.name_zh,
                    g.city_zh, g.start_year, g.start_year + g.years - 1, s.replicates, draws_text(s, Language::zh),
                    g.seed, s.maker.software_version, s.maker.commit, s.scenario_sha256);
    if (!s.failures.empty()) head += fmt::format("{}次中有{}次失败，未计入\n", s.replicates, s.failures.size());
    return head;
}

constexpr std::string_view foot_en =
    "5, 50, 95 %: the share of replicates that lie below. gap: of the median, against the target. short: what is\n"
    "missing on average, as a share of the target, replicates that meet it counting 0. met in: the year from which it\n"
    "is met, after the last year at that year's growth, ∞ if never; median, and 5 to 95 % of the replicates.\n"
    "probability: the share of replicates that meet the target, with its Monte Carlo standard error; < and > are 95 %\n"
    "bounds where none or all do. ≈: the plan says about, and a little less also counts. Targets are judged by {}.\n";
constexpr std::string_view foot_zh =
    "5%、50%、95%：低于该值的试验所占比例。差距：中位数与目标值之差。缺额：平均缺额占目标值的比例，达到者计0。\n"
    "实现年份：达到目标的年份，期末之后按末年增速推算（∞为永不），为中位数及5%至95%"
    "的试验。实现概率：达到目标的试验所占比例及其\n"
    "蒙特卡罗标准误差；无一达到或全部达到时，< 和 > 为95%置信界。≈：规划写明“左右”，略低亦算达到。按{}判定。\n";
constexpr std::string_view foot_of_draws_en =
    "Replicates that share a draw of the parameters are one cluster; errors and bounds are by clusters.\n"
    "parameters: the part of the variance that comes from the uncertain parameters, the rest being chance; with its\n"
    "95 % interval.\n";
constexpr std::string_view foot_of_draws_zh =
    "同一组参数的各次试验为一个聚类，误差与置信界按聚类计算。\n"
    "参数占比：结果方差中来自参数不确定性的部分（其余为偶然因素）及其95%置信区间。\n";

std::string text_of(const Summary& summary, Language language, std::size_t width) {
    const bool zh = language == Language::zh;
    const auto head = zh ? head_zh(summary) : head_en(summary);
    std::string text;
    for (std::size_t from = 0, to = 0; (to = head.find('\n', from)) != std::string::npos; from = to + 1)
        text += harmless(head.substr(from, to - from)) + '\n';
    text += '\n' + table_of_targets(summary, language).text(width) + '\n';
    if (!summary.groups.empty()) text += table_of_groups(summary, language).text(width) + '\n';
    if (lacks_draws(summary)) text += text_of_lack(summary, language) + '\n';
    return text;
}

// Of many scenarios only how likely each target is; a row a scenario.
Table table_of_probabilities(const std::vector<Summary>& summaries, Language language) {
    const bool zh = language == Language::zh;
    Table table;
    table.columns = {{zh ? "情景" : "scenario"}};
    for (const auto& factor : summaries.front().factors) table.columns.push_back({factor.key, true});
    std::vector<std::string> keys;
    for (const auto& row : summaries.front().targets) keys.push_back(row.target.key);
    std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
        return std::pair(a.size(), a) < std::pair(b.size(), b);  // T2 before T10
    });
    for (const auto& key : keys) table.columns.push_back({key, true});
    for (const auto& each : summaries.front().groups) table.columns.push_back({each.group.key, true});
    for (const auto& summary : summaries) {
        auto& texts = table.rows.emplace_back();
        texts.push_back(summary.key);
        for (const auto& factor : summary.factors) {
            const auto& label = zh ? factor.label_zh : factor.label;
            texts.push_back(label.empty() ? "–" : label);
        }
        const auto add = [&](double share) { texts.push_back(std::isnan(share) ? "–" : fmt::format("{:.3f}", share)); };
        for (const auto& key : keys)
            for (const auto& row : summary.targets)
                if (row.target.key == key) add(row.judged.probability.share);
        for (const auto& each : summary.groups) add(each.probability.share);
        texts.resize(table.columns.size());
    }
    return table;
}

constexpr std::string_view many_en = "{} scenarios, {} replicates{} each, seed {}; jiju {} ({:.12})\n\n";
constexpr std::string_view many_zh = "{}个情景，各{}次重复试验{}，随机种子{}；jiju {} ({:.12})\n\n";
constexpr std::string_view many_foot_en =
    "Each number: the share of replicates that meet the target, or all targets of the group.\n";
constexpr std::string_view many_foot_zh = "各数字：达到该目标（或该组全部目标）的试验所占比例。\n";

// What the columns of a design's factors are.
std::string text_of_factors(const std::vector<FactorSummary>& factors, Language language) {
    const bool zh = language == Language::zh;
    std::string text;
    for (const auto& factor : factors)
        text += fmt::format("{}{}{}\n", factor.key, zh ? "：" : ": ", harmless(zh ? factor.name_zh : factor.name));
    return text.empty() ? text : text + (zh ? "–：与基础情景相同。\n" : "–: as in the base.\n");
}

std::string text_of_many(const std::vector<Summary>& summaries, Language language, std::size_t width) {
    const auto& first = summaries.front();
    const bool zh = language == Language::zh;
    return fmt::format(fmt::runtime(zh ? many_zh : many_en), summaries.size(), first.replicates,
                       draws_text(first, language), first.scenario.seed, first.maker.software_version,
                       first.maker.commit) +
           table_of_probabilities(summaries, language).text(width) + '\n' + text_of_factors(first.factors, language) +
           std::string(zh ? many_foot_zh : many_foot_en);
}

std::string text_of(const std::vector<Summary>& summaries, Language language, std::size_t width) {
    constexpr std::size_t most_whole_tables = 3;
    if (summaries.size() > most_whole_tables || !summaries.front().factors.empty())
        return text_of_many(summaries, language, width);
    std::string text;
    for (const auto& summary : summaries)
        text += text_of(summary, language, width) + (summaries.size() > 1 ? "\n" : "");
    const bool zh = language == Language::zh, has_shared_draws = summaries.front().scenario.replicates_per_draw > 1;
    const bool reported = summaries.front().scenario.target_basis == growth::Basis::reported;
    text += zh ? fmt::format(foot_zh, reported ? "上报数" : "实际数")
               : fmt::format(foot_en, reported ? "what is reported" : "what happened");
    if (has_shared_draws) text += zh ? foot_of_draws_zh : foot_of_draws_en;
    return text;
}

std::vector<growth::Warning> warnings_of(const std::vector<Summary>& summaries) {
    std::vector<growth::Warning> all;
    for (const auto& summary : summaries) all.insert(all.end(), summary.warnings.begin(), summary.warnings.end());
    return all;
}

}  // namespace

std::string text_of_lack(const Summary& s, Language language) {
    return fmt::format(
        fmt::runtime(language == Language::zh
                         ? "仅有{}组参数（每组{}次试验），少于{}组，无法给出误差；请增加重复试验次数（--replicates），"
                           "或减少每组试验次数（--replicates-per-draw）。"
                         : "No errors: {} draws of the parameters of {} replicates each are fewer than {}. Give more "
                           "--replicates, or fewer --replicates-per-draw."),
        s.draws, s.scenario.replicates_per_draw, sim::least_clusters);
}

std::string text_of(const std::vector<growth::Warning>& warnings, Language language) {
    std::vector<std::string> lines;
    for (const auto& [kind, targets, text, text_zh] : warnings) {
        const auto line = language == Language::zh ? "注意：" + text_zh : "Warning: " + text;
        if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
    }
    std::string text;
    for (const auto& line : lines) text += harmless(line) + '\n';
    return text;
}

std::string shown(const std::vector<Summary>& summaries, Language language, bool as_json) {
    if (as_json) return dump(json_of(summaries));
    const auto purses = text_of_purses(summaries, language, terminal_width());
    return text_of(summaries, language, terminal_width()) + (purses.empty() ? "" : "\n" + purses) +
           text_of(warnings_of(summaries), language);
}

}  // namespace jiju
