// Fields (领域) of an industry: sub-markets with a demand, a price and a priority of their own. A firm belongs to one
// field for life. An industry that names no fields is one field of its own.
#pragma once

#include <cstdint>
#include <vector>

#include "models/growth/limits.hpp"
#include "models/growth/tables.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E60) weight of a field among the entrants of its industry: w = s p e^(b (g_f - g))        [model B.12]
//       s: share of the industry, p: priority, 1 except for attracted plants, g_f, g: expected growth of field and
//       industry, b: as in (E30); the exponent is kept within 10
inline double entry_weight(double share, double priority_weight, double demand_response, double excess_growth) {
    return share * priority_weight *
           sim::exp(sim::clamp(demand_response * excess_growth, -limits::entry, limits::entry));
}

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
// Prices as the first simulated year begins, half a year after the middle of the year in which they are one.
void open_prices(const Config&, State&);

// National demand and price of every field, from those of its industry and from what the chain brought.
void move_fields(const Config&, sim::Draws, int step, State&);

// Output, demand and orders that wait, by field, at the end of a step.
void add_up_fields(State&);

// What the firms of a field win of those who lost customers or closed, and lose to entrants, in the next step.
void share_out_churn(const Config&, int step, State&);

// The field, counted within the industry, of one who enters or is drawn.
std::size_t field_of_entrant(const Config&, sim::Draws, const State&, const Cell&, Origin, std::uint64_t id);
std::size_t field_by_share(const Config&, sim::Draws, const State&, std::size_t industry, std::uint64_t id);

// The same for all above-scale firms of an industry that have no name: every field gets its number of them, and chance
// says which. Fields hold less the more their named firms sell.
std::vector<std::size_t> deal_fields(const Config&, sim::Draws, const State&, std::size_t industry,
                                     const std::vector<std::uint64_t>& ids);

}  // namespace growth
