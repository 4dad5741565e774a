// What a scenario has to know of each indicator of targets: in which unit its value is and what else it asks for. The
// check of targets and `jiju describe indicators` read it; docs/model.md has the operational definitions.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "models/growth/tables.hpp"

namespace growth {

enum class Measured : std::uint8_t { money, share, count };

struct IndicatorReference {
    Indicator indicator;
    Measured measured;
    bool by_industry;            // a target may name one industry
    std::string_view threshold;  // what `threshold` means; empty where it means nothing
    std::string_view text, zh;
};

inline constexpr std::array<IndicatorReference, 10> indicator_references = {{
    {Indicator::output, Measured::money, true, "", "Gross output of above-scale firms in the last year",
     "规模以上企业末年产值"},
    {Indicator::output_share, Measured::share, true, "", "That output over the output of all above-scale industry",
     "占全部规模以上工业产值比重"},
    {Indicator::value_added_share, Measured::share, true, "", "Value added over that of all above-scale industry",
     "占全部规模以上工业增加值比重"},
    {Indicator::firms_above_revenue, Measured::count, true, "revenue to exceed, 1e8 CNY/year",
     "Firms with revenue above the threshold in the last year", "末年主营业务收入超过门槛的企业数"},
    {Indicator::new_national_centres, Measured::count, false, "", "National technology centres gained since the start",
     "新增国家级企业技术中心数"},
    {Indicator::clusters_with_site, Measured::share, false, "",
     "Share of clusters in which a site of the target's `lever` works", "已建成创新平台的集聚区占比"},
    {Indicator::overseas_talents, Measured::count, false, "", "Overseas talents arrived since the start",
     "引进海外高层次人才数"},
    {Indicator::innovation_teams, Measured::count, false, "", "Innovation teams recognised since the start",
     "认定的创新团队数"},
    {Indicator::clusters_with_results, Measured::count, false, "multiple of the base year's output to reach",
     "Clusters whose output reaches the threshold times that of the base year", "产值达到基年门槛倍数的集聚区数"},
    {Indicator::zones_with_functional_zone, Measured::share, false, "investment to make since the start, 1e8 CNY",
     "Share of places with a development zone where investment reached the threshold", "投资达到门槛的开发区占比"},
}};

constexpr const IndicatorReference& reference_of(Indicator indicator) {
    return indicator_references[static_cast<std::size_t>(indicator)];
}

static_assert([] {
    for (std::size_t i = 0; i < indicator_references.size(); ++i)
        if (indicator_references[i].indicator != static_cast<Indicator>(i)) return false;
    return indicator_references.size() == sim::Words<Indicator>::words.size();
}());

// Money of any currency, in hundreds of millions a year: which currency it is, the scenario's figures decide.
constexpr bool is_money(std::string_view unit) {
    if (unit.size() != 12 || !unit.starts_with("1e8 ") || !unit.ends_with("/year")) return false;
    for (const char letter : unit.substr(4, 3))
        if (letter < 'A' || letter > 'Z') return false;
    return true;
}

// Whether a target of this indicator may be stated in this unit. What is counted has a name or none.
constexpr bool fits(Measured measured, std::string_view unit) {
    switch (measured) {
        case Measured::money:
            return is_money(unit);
        case Measured::share:
            return unit == "1";
        case Measured::count:
            return unit == "1" || unit.find_first_of("0123456789%/") == unit.npos;
    }
    return false;
}

constexpr std::string_view unit_wanted(Measured measured) {
    constexpr std::array<std::string_view, 3> wanted = {
        "\"1e8 CNY/year\", with the three letters of the scenario's currency", "\"1\", a share such as 0.4 for 40 %",
        "the name of what is counted, such as \"firms\", or \"1\""};
    return wanted[static_cast<std::size_t>(measured)];
}

}  // namespace growth
