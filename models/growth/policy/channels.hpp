// The channels through which policy acts: which number of the model a component of a lever moves, and how.
//
// A lever says how much is done (its dose), a response says what follows of it, a channel where it arrives. A phase of
// the model asks for the value of a channel in its cell and for the tier of a firm, and knows no lever.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sim/describe/spec.hpp"
#include "sim/math/pack.hpp"

namespace growth {

enum class Channel : std::uint8_t {
    imitation,
    search,
    own_research,
    reported_research,
    absorption,
    gain_high,
    frontier,
    spillover,
    agglomeration,
    upstream,
    efficiency,
    patents,
    patents_reported,
    credit_limit,
    start_ups,
    spin_offs,
    attracted,
    grafted,
    entrant_efficiency,
    entrant_size,
    closure,
    mergers,
    listing,
    centres,
    national_centres,
    teams,
    recognition,
    priority,
    talents,
    departures,
    host_gain,
    land_share,
    land_supply,
    land_intensity,
    approval,
    procurement,
    governance,
    merit,
    connection,
    misuse,
    reporting,
    funds,
    attention
};
inline constexpr std::size_t channels = 43;

// How a channel counts: a factor multiplies, an amount is added, a quantity is a total of the city that is shared out.
enum class Kind : std::uint8_t { factor, amount, quantity };

// What it can tell apart: firms by tier, cells, or the city as a whole.
enum class Grain : std::uint8_t { tier, cell, city };

// Least and most.
struct Bounds {
    double least, most;

    [[nodiscard]] bool hold(double value) const { return value >= least && value <= most; }
    template <class T>
    [[nodiscard]] T keep(T value) const {
        return sim::clamp(value, T(least), T(most));
    }
};

struct ChannelFacts {
    Channel channel;
    std::string_view word;
    Kind kind;
    Grain grain;
    std::string_view unit;
    Bounds effect;  // of one response at its full, or for each unit of its dose where it is linear
    Bounds total;   // of all responses in a cell together, which is kept within it
    std::string_view text, zh;
};

inline constexpr std::array<ChannelFacts, channels> channel_facts = [] {
    using enum Channel;
    using enum Kind;
    using F = ChannelFacts;
    constexpr auto by_tier = Grain::tier, by_cell = Grain::cell, of_city = Grain::city;
    constexpr auto within = [](double least, double most) { return Bounds{least, most}; };
    constexpr auto wide = within(0.01, 100), mild = within(0.01, 10);
    return std::array<ChannelFacts, channels>{
        F{imitation, "imitation", factor, by_tier, "1", wide, wide, "Chance to imitate", "模仿成功率"},
        F{search, "search", factor, by_tier, "1", wide, wide, "Search efficiency of R&D", "研发搜寻效率"},
        F{own_research, "own_research", factor, by_tier, "1", mild, mild, "R&D that firms pay themselves",
          "企业自有研发"},
        F{reported_research, "reported_research", factor, by_tier, "1", mild, mild, "R&D as firms report it",
          "上报研发"},
        F{absorption, "absorption", amount, by_tier, "1", within(-1, 1), within(-0.5, 2), "Absorptive capacity",
          "吸收能力"},
        F{gain_high, "gain_high", amount, by_tier, "1", within(-1, 1), within(-1, 1), "Best gain of an innovation draw",
          "创新收益上限"},
        F{frontier, "frontier", amount, by_tier, "1", within(-3, 3), within(-3, 3),
          "Lead that imitators can see, in logarithms", "可模仿前沿"},
        F{spillover, "spillover", factor, by_tier, "1", mild, mild, "Knowledge spillover within the cell", "知识溢出"},
        F{agglomeration, "agglomeration", factor, by_tier, "1", mild, mild, "Elasticity to own-industry activity",
          "集聚弹性"},
        F{upstream, "upstream", factor, by_tier, "1", mild, mild, "Elasticity to the activity of suppliers",
          "上游配套弹性"},
        F{efficiency, "efficiency", amount, by_tier, "1/year", within(-0.5, 0.5), within(-0.5, 0.5),
          "Growth of efficiency", "效率增长"},
        F{patents, "patents", factor, by_tier, "1", wide, wide, "Patents of real quality", "专利(质量口径)"},
        F{patents_reported, "patents_reported", factor, by_tier, "1", wide, wide, "Patents as reported", "上报专利"},
        F{credit_limit, "credit_limit", amount, by_tier, "year", within(-3, 3), within(-3, 3),
          "Highest debt over sales", "贷款上限"},
        F{start_ups, "start_ups", factor, by_cell, "1", wide, wide, "Rate of start-ups", "新创企业"},
        F{spin_offs, "spin_offs", factor, by_cell, "1", wide, wide, "Rate of spin-offs", "衍生企业"},
        F{attracted, "attracted", factor, by_cell, "1", wide, wide, "Rate of projects from outside", "招商项目"},
        F{grafted, "grafted", factor, by_cell, "1", wide, wide, "Rate of grafted lines", "嫁接转型"},
        F{entrant_efficiency, "entrant_efficiency", amount, by_cell, "1", within(-3, 3), within(-3, 3),
          "Efficiency of entrants, in logarithms", "新进企业效率"},
        F{entrant_size, "entrant_size", factor, by_cell, "1", wide, wide, "Size of start-ups", "新创企业规模"},
        F{closure, "closure", factor, by_tier, "1", wide, wide, "Hazard of closure", "关闭风险"},
        F{mergers, "mergers", factor, by_tier, "1", wide, wide, "Rate at which a firm takes another over", "并购"},
        F{listing, "listing", factor, by_tier, "1", wide, wide, "Rate at which a firm is listed", "上市"},
        F{centres, "centres", factor, by_tier, "1", wide, wide,
          "Rate at which a technology centre rises, to provincial", "省级技术中心晋级"},
        F{national_centres, "national_centres", factor, by_tier, "1", wide, wide,
          "Rate at which a centre becomes national", "国家级技术中心晋级"},
        F{teams, "teams", factor, by_tier, "1", wide, wide, "Rate at which teams are recognised", "创新团队认定"},
        F{recognition, "recognition", factor, by_tier, "1", wide, wide, "Rate of recognition as a high-tech enterprise",
          "高新技术企业认定"},
        F{priority, "priority", amount, by_tier, "1", within(-10, 10), within(-20, 20),
          "Log odds of being chosen for support and land", "优先权"},
        F{talents, "talents", quantity, by_cell, "1/year", within(-1000, 1000), within(-1000, 1000),
          "Overseas talents that come", "海外人才引进"},
        F{departures, "departures", factor, of_city, "1", wide, wide, "Rate at which talents leave", "人才流失"},
        F{host_gain, "host_gain", factor, of_city, "1", mild, mild, "What a talent brings the host", "人才带动"},
        F{land_share, "land_share", amount, by_cell, "1", within(-1, 1), within(-1, 1),
          "Share of new industrial land, added", "用地占比"},
        F{land_supply, "land_supply", quantity, by_cell, "area/year", within(-1e4, 1e4), within(-1e6, 1e6),
          "New land served for these industries, added", "新增供地"},
        F{land_intensity, "land_intensity", factor, by_cell, "1", mild, within(0.1, 10),
          "Fixed capital that a unit of land carries", "单位用地固定资产"},
        F{approval, "approval", factor, by_cell, "1", mild, within(0.1, 10), "Time from order to use", "审批建设周期"},
        F{procurement, "procurement", quantity, by_cell, "money/year", within(-1e5, 1e5), within(-1e6, 1e6),
          "Orders of government", "政府采购"},
        F{governance, "governance", amount, by_cell, "1", within(-1, 1), within(-1, 1),
          "Share of a dose that is delivered", "执行力"},
        F{merit, "merit", amount, of_city, "1", within(-5, 5), within(-5, 5), "Weight of merit in selection",
          "择优权重"},
        F{connection, "connection", factor, of_city, "1", mild, mild, "Weight of connection in selection", "关系权重"},
        F{misuse, "misuse", factor, of_city, "1", wide, wide, "Share of grants that is misused", "资金挪用"},
        F{reporting, "reporting", amount, of_city, "1/year", within(-0.2, 0.2), within(-0.2, 0.2),
          "Growth by which reports outrun output", "统计虚增"},
        F{funds, "funds", quantity, of_city, "money/year", within(-1e5, 1e5), within(-1e7, 1e7),
          "Money of province and state for the lever's purse", "上级资金"},
        F{attention, "attention", amount, of_city, "1", within(-5, 5), within(-5, 5),
          "How strongly effort moves to industries that lag", "补短板力度"}};
}();

static_assert([] {
    for (std::size_t i = 0; i < channels; ++i)
        if (static_cast<std::size_t>(channel_facts[i].channel) != i) return false;
    return true;
}());

[[nodiscard]] constexpr const ChannelFacts& facts_of(Channel channel) {
    return channel_facts[static_cast<std::size_t>(channel)];
}

}  // namespace growth

namespace sim {
template <>
struct Words<growth::Channel> {
    static constexpr std::array<std::string_view, growth::channels> words = [] {
        std::array<std::string_view, growth::channels> all;
        for (std::size_t i = 0; i < growth::channels; ++i) all[i] = growth::channel_facts[i].word;
        return all;
    }();
};
}  // namespace sim
