// Money that binds, as people read it: what levers asked of purses that were short, and what they were allotted.
#include <fmt/format.h>

#include "apps/summary_tables.hpp"
#include "apps/table.hpp"
#include "models/growth/measure/units.hpp"

namespace jiju {
namespace {

using sim::Language;

void add_row(Table& table, std::vector<std::string> front, const Allotment& money, std::size_t replicates,
             Language language) {
    front.push_back(fmt::format("{:.2f}", money.asked));
    front.push_back(fmt::format("{:.2f}", money.allotted));
    front.push_back(fmt::format("{:.1f}{}", 100 * money.allotted / money.asked, percent_sign(language)));
    front.push_back(fmt::format("{:.0f}{}", 100 * static_cast<double>(money.cut) / static_cast<double>(replicates),
                                percent_sign(language)));
    table.rows.push_back(std::move(front));
}

std::size_t succeeded(const Summary& summary) {
    return summary.replicates - summary.failures.size();
}

}  // namespace

std::string text_of_purses(const std::vector<Summary>& summaries, Language language, std::size_t width) {
    constexpr std::size_t most_whole_tables = 3;  // beyond it a row a purse, as the targets are reported
    const bool zh = language == Language::zh, several = summaries.size() > 1;
    const bool by_lever = summaries.size() <= most_whole_tables;
    Table table;
    if (several) table.columns.push_back({zh ? "情景" : "scenario"});
    table.columns.push_back({zh ? "资金池" : "purse", false, true});
    if (by_lever) table.columns.push_back({zh ? "政策工具" : "lever", false, true});
    for (const auto* head :
         {zh ? "申请" : "asked", zh ? "拨付" : "given", zh ? "拨付比例" : "share", zh ? "被削减" : "cut in"})
        table.columns.push_back({head, true});
    for (const auto& summary : summaries)
        for (const auto& purse : summary.purses) {
            std::vector<std::string> front;
            if (several) front.push_back(summary.key);
            front.push_back(zh ? purse.name_zh : purse.name);
            auto whole = front;
            if (by_lever) whole.emplace_back(zh ? "合计" : "all of it");
            add_row(table, std::move(whole), purse.money, succeeded(summary), language);
            if (!by_lever) continue;
            for (const auto& row : purse.rows) {
                auto own = front;
                own.push_back(zh ? row.name_zh : row.name);
                add_row(table, std::move(own), row.money, succeeded(summary), language);
            }
        }
    if (table.rows.empty()) return {};
    const auto money = growth::unit_in(summaries.front().units, "money");
    const std::string head =
        zh ? fmt::format(
                 "资金池不足：各政策工具申请与实际拨付的资金，{}"
                 "，各年合计，重复试验平均；末列为被削减的试验所占比例。\n",
                 growth::unit_in_chinese(money))
           : fmt::format(
                 "A purse was short: what its levers asked for and were given, {} in all years, means over "
                 "replicates;\n"
                 "last the share of replicates in which it was cut.\n",
                 money);
    return head + table.text(width) + '\n';
}

}  // namespace jiju
