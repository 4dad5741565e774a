// Fields (领域) of an industry: sub-markets with a demand, a price and a priority of their own. A firm belongs to one
// field for life. An industry that names no fields is one field of its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/growth/limits.hpp"
#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// The plan's order: 重点发展, 大力拓展, 积极培育.
enum class Priority : std::uint8_t { focus, expand, cultivate };

struct IndustryField {
    std::string key;
    std::string name, name_zh, industry, source;
    Priority priority = Priority::cultivate;
    double share = 1, demand_growth = 0, price_growth = 0, price_volatility = 0;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("name", "English name").needed(), row.name);
        member(text_spec("name_zh", "Chinese name").needed(), row.name_zh);
        member(text_spec("industry", "The industry it is a part of").key_of("industries").needed(), row.industry);
        member(text_spec("source", "Where the figures of this row come from"), row.source);
        member(text_spec("priority", "Rank in the plan, which guides attracted plants"), row.priority);
        member(Spec{"share", "1", 0, 1,
                    "Share of the industry's sales in the base year; the shares of an industry add up to 1"}
                   .chinese("占产业销售收入比重")
                   .needed(),
               row.share);
        member(Spec{"demand_growth", "1/year", -0.5, 0.5, "Growth of national demand, added to the industry's"},
               row.demand_growth);
        member(Spec{"price_growth", "1/year", -0.5, 0.5, "Trend of the price, added to the industry's"}.chinese(
                   "价格趋势"),
               row.price_growth);
        member(Spec{"price_volatility", "1/year^0.5", 0, 1,
                    "Standard deviation over a year of price changes that the industry does not share"},
               row.price_volatility);
    }
};

struct FieldParameters {
    double focus_weight = 1.5, expand_weight = 1.2;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"focus_weight", "1", 0, 20,
                    "Attracted plants that come to a focus field, over those that would come to it if it were only to "
                    "be cultivated"}
                   .chinese("重点领域权重")
                   .from("assumption: projects are sought by the plan's catalogue of fields")
                   .uncertain(lognormal, 1.0, 2.25),
               p.focus_weight);
        member(Spec{"expand_weight", "1", 0, 20, "The same of a field to be expanded"}.from("assumption: between both"),
               p.expand_weight);
    }
};

// (E60) weight of a field among the entrants of its industry: w = s p e^(b (g_f - g))        [model B.12]
//       s: share of the industry, p: priority, 1 except for attracted plants, g_f, g: expected growth of field and
//       industry, b: as in (E30); the exponent is kept within 10
inline double entry_weight(double share, double priority_weight, double demand_response, double excess_growth) {
    return share * priority_weight *
           sim::exp(sim::clamp(demand_response * excess_growth, -limits::entry, limits::entry));
}

inline constexpr std::size_t no_row = static_cast<std::size_t>(-1);

// A field of the city: its industry, and its row of [fields], or no_row where it is the whole industry.
struct FieldPlace {
    std::size_t industry = 0, row = no_row;
};

enum class Origin : std::uint8_t;
struct Config;
struct State;
struct Cell;

// All fields, industry by industry, in the order of the rows.
std::vector<FieldPlace> lay_out_fields(const Config&);

// Opens the fields of the state; the industries must be there.
void open_fields(const Config&, State&);

// National demand and price of every field, from those of its industry and from what the chain brought.
void move_fields(const Config&, sim::Draws, int step, State&);

// Output by field at the end of a step.
void add_up_fields(State&);

// The field, counted within the industry, of one who enters or is drawn.
std::size_t field_of_entrant(const Config&, sim::Draws, const State&, const Cell&, Origin, std::uint64_t id);
std::size_t field_by_share(const Config&, sim::Draws, const State&, std::size_t industry, std::uint64_t id);

// The same for all above-scale firms of an industry that have no name: every field gets its number of them, and chance
// says which. Fields hold less the more their named firms sell.
std::vector<std::size_t> deal_fields(const Config&, sim::Draws, const State&, std::size_t industry,
                                     const std::vector<std::uint64_t>& ids);

}  // namespace growth

template <>
struct sim::Words<growth::Priority> {
    static constexpr std::array<std::string_view, 3> words = {"focus", "expand", "cultivate"};
};
