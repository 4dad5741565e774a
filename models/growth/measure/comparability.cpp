#include "models/growth/measure/comparability.hpp"

#include <array>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/growth/measure/targets.hpp"
#include "models/growth/measure/units.hpp"

namespace growth {

namespace {

constexpr std::array<const char*, 4> figure_names = {"", "sales", "gross output", "value added"};
constexpr std::array<const char*, 4> figure_names_zh = {"", "销售收入", "产值", "增加值"};

template <class Holds>
std::vector<std::string> targets_where(const Config& c, Holds holds) {
    std::vector<std::string> keys;
    for (const auto& target : c.targets)
        if (holds(facts_of(target))) keys.push_back(target.key);
    return keys;
}

// Sales are what is sold of output, at other prices or from stock: a base of one and an end of the other is no growth.
void warn_of_figures(const Config& c, FigureKind now, std::vector<Warning>& warnings) {
    for (const auto base : {FigureKind::sales, FigureKind::output, FigureKind::value_added}) {
        const auto keys =
            targets_where(c, [&](const auto& facts) { return facts.now == now && facts.base == base && now != base; });
        if (keys.empty()) continue;
        const auto n = static_cast<std::size_t>(now), b = static_cast<std::size_t>(base);
        const auto base_year = c.scenario.start_year - 1, last_year = base_year + c.scenario.years;
        warnings.push_back(
            {"mixed_figures", keys,
             fmt::format("{}: the figure of {} is {}, that of {} is {}; growth from {} to the target mixes the two",
                         listed(c, keys), last_year, figure_names[n], base_year, figure_names[b], base_year),
             fmt::format("{}：{}年为{}，{}年基数为{}，两者口径不同，不宜直接计算增速", listed(c, keys), last_year,
                         figure_names_zh[n], base_year, figure_names_zh[b])});
    }
}

void warn_of_thresholds(const Config& c, std::vector<Warning>& warnings) {
    const auto& p = c.parameters.population;
    const auto last_year = c.scenario.start_year + c.scenario.years - 1;
    if (p.base_threshold == p.new_threshold || static_cast<double>(last_year) < p.new_threshold_from) return;
    const auto keys = targets_where(c, [](const auto& facts) { return facts.above_scale; });
    if (keys.empty()) return;
    const auto sales = [&](double threshold, bool in_chinese) { return amount(c.units, threshold, in_chinese); };
    const bool shows_less = p.new_threshold > p.base_threshold;
    const auto& [country, country_zh] = std::tie(c.scenario.country, c.scenario.country_zh);
    warnings.push_back(
        {"mixed_thresholds", keys,
         fmt::format("{}: firms count from {} of sales, as in the base year; statistics{} since {} count from {} and "
                     "would show {}",
                     listed(c, keys), sales(p.base_threshold, false), country.empty() ? "" : " of " + country,
                     p.new_threshold_from, sales(p.new_threshold, false), shows_less ? "less" : "more"),
         fmt::format("{}：按基年口径统计年销售收入{}以上企业；{}年起{}统计口径为{}以上，数值会偏{}", listed(c, keys),
                     sales(p.base_threshold, true), p.new_threshold_from, country_zh, sales(p.new_threshold, true),
                     shows_less ? "低" : "高")});
}

// Rows hold, and nothing is scaled to what a scenario says besides.
void warn_of_table(const Config& c, std::vector<Warning>& warnings) {
    for (const auto& [industry, key, said, found] : c.population.disagreements)
        warnings.push_back({"table_of_firms",
                            {},
                            fmt::format("industries.{}.{} = {:.6g}, and the rows of {} add up to {:.6g} ({:+.2g} %); "
                                        "the rows hold",
                                        industry, key, said, c.population.firms, found, 100 * (found / said - 1)),
                            fmt::format("industries.{}.{} = {:.6g}，而{}各行合计为{:.6g}（{:+.2g} %），以各行为准",
                                        industry, key, said, c.population.firms, found, 100 * (found / said - 1))});
    constexpr std::size_t most = 8;
    auto unread = c.population.unread;
    if (unread.empty()) return;
    const bool cut = unread.size() > most;
    if (cut) unread.resize(most);
    const auto names = fmt::format("{}{}", fmt::join(unread, ", "), cut ? ", …" : "");
    warnings.push_back(
        {"unread_columns",
         {},
         fmt::format("columns of {} that nothing reads: {} ([population.columns] gives headings)", c.population.firms,
                     names),
         fmt::format("{}中未读取的列：{}（表头由[population.columns]指定）", c.population.firms, names)});
}

}  // namespace

std::vector<Warning> warnings_of(const Config& c) {
    std::vector<Warning> warnings;
    for (const auto now : {FigureKind::output, FigureKind::value_added, FigureKind::sales})
        warn_of_figures(c, now, warnings);
    warn_of_thresholds(c, warnings);
    warn_of_table(c, warnings);
    return warnings;
}

std::string listed(const Config& c, const std::vector<std::string>& targets) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < targets.size();) {
        std::size_t end = i + 1;
        while (end < targets.size() && c.targets.index_of(targets[end]) == c.targets.index_of(targets[end - 1]) + 1)
            ++end;
        if (end - i > 2)
            parts.push_back(targets[i] + "–" + targets[end - 1]);
        else
            parts.insert(parts.end(), targets.begin() + static_cast<std::ptrdiff_t>(i),
                         targets.begin() + static_cast<std::ptrdiff_t>(end));
        i = end;
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string listed(const Config& c, const TargetGroup& group) {
    std::vector<std::string> keys;
    for (const auto& target : c.targets)
        if (holds(group, target.key)) keys.push_back(target.key);
    return listed(c, keys);
}

}  // namespace growth
