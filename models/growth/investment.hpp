// Investment: maintenance every step; expansion in lumps, within what finance and land allow.
#pragma once

#include <type_traits>

#include "models/growth/limits.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"

namespace growth {

// Rise of demand that is expected over the horizon: e^(g T), the exponent kept within 3.
inline double expected_rise(double expected_growth, double horizon) {
    return sim::exp(sim::clamp(expected_growth * horizon, -limits::expectation, limits::expectation));
}

// (E14) desired capital: K^d = K*(D) e^(g T) (UC / UC_0)^(-s)        [model B.7]        K* from (E8)
template <class T>
T desired_capital(T designed, std::type_identity_t<T> expected_rise, double user_cost_effect) {
    return designed * (expected_rise * user_cost_effect);
}

// (E71) orders that a firm builds for: those that come in, and those that wait, worked off over T years        [Metzler 1941]
template <class T>
T orders_to_build_for(T demand, T backlog, double years) {
    return demand + backlog / years;
}

// (E72) technique of a plant of which a share x is new: its mean date moves to now, v' = v + x (t - v), and what the years
//       between bring is embodied in the new part: efficiency + x e (t - v), crew by design - x s g_w (t - v)
//       e: growth of technique a year, g_w: growth of the real wage, s: elasticity of substitution
//       [vintage capital: Solow 1960; Sakellaris, Wilson 2004]
template <class T>
struct Renewal {
    T vintage{}, efficiency{}, log_crew{};
};
template <class T>
Renewal<T> renewal(T vintage, T new_share, double now, double embodied_growth, double crew_decline) {
    const T years = new_share * (now - vintage);
    return {.vintage = vintage + years, .efficiency = embodied_growth * years, .log_crew = -crew_decline * years};
}

// (E15) effect of the user cost of capital: ((r + d) / (r_0 + d))^(-s)        [model B.7, form F6]
//       both costs at least 0.5 %, the effect between a tenth and tenfold
inline double user_cost_effect(double rate, double normal_rate, double depreciation, double elasticity) {
    constexpr double least = 0.005;
    const double cost = sim::max(rate + depreciation, least), normal = sim::max(normal_rate + depreciation, least);
    return sim::clamp(sim::pow(cost / normal, -elasticity), 1 / limits::answer, limits::answer);
}

// (E16) maintenance: what wore out, unless capital is more than was built ahead
//       m = min(d K, max(0, (1 + x) K^d - (K - d K)))        d: depreciation over the step, x: lump of (E17)
template <class T>
T maintenance(T capital, T desired, T lump, double worn_share) {
    return sim::min(worn_share * capital, sim::max((1 + lump) * desired - (1 - worn_share) * capital, T(0)));
}

// (E17) expansion: once the gap K^d - K - W exceeds y K it is closed, and at least by x K / (1 + S / S_p), else nothing
//       [model B.7; building ahead in lumps: Manne 1961; the larger a firm, the smoother: Doms, Dunne 1998]
//       W: under way, y: trigger, x: lump of a firm of one plant, S / S_p: plants beyond the first
template <class T>
T expansion(T capital, T under_way, T desired, T more_plants, double trigger, double lump) {
    const T gap = desired - capital - under_way;
    return sim::select(gap > trigger * capital, sim::max(gap, lump * capital / (1 + more_plants)), T(0));
}

// (E81) progress of what is under way, as a share of its time to build: an order I joins W, g' = g W / (W + I), which
//       comes into use as a whole once g reaches 1        [time to build: Kydland, Prescott 1982; lumps: Doms, Dunne 1998]
template <class T>
T joined_progress(T progress, T under_way, T order) {
    return progress * under_way / sim::max(under_way + order, T(1e-12));
}
// (E95) time to build where approval, a share s of it, takes a times as long: T (1 - s + s a)
inline double time_to_build(double years, double approval_share, double approval) {
    return years * (1 - approval_share + approval_share * approval);
}
// What is complete before the next step ends is in use for the rest of that step, as a share: min{1, (g + n - 1) / n},
// not below 0        n: what a step brings
template <class T>
T share_completed(T progress, double a_step) {
    constexpr double rounded = 1e-9;  // steps that add up to the time to build do so up to rounding
    const T share = (progress + (a_step - 1)) / a_step;
    return sim::select(share > 1 - rounded, T(1), sim::max(share, T(0)));
}
// Share of a step from which on a new firm, which opens as a whole, opens at its beginning: the nearest end of a step.
inline constexpr double opens_whole = 0.5;
// (E18) what finance allows: max(0, C - b S) + f max(0, limit - B) - W, not below 0        [model B.7]
template <class T>
struct Means {
    T cash{}, sales{}, limit{}, debt{}, under_way{};
};
template <class T>
T available_finance(const Means<T>& m, double buffer, double finance_share) {
    const T internal = sim::max(m.cash - buffer * m.sales, T(0));
    const T external = finance_share * sim::max(m.limit - m.debt, T(0));
    return sim::max(internal + external - m.under_way, T(0));
}

struct Config;
struct State;
struct Block;
void plan_investment(const Config&, int step, State&, Block&);
void build(const Config&, int step, State&, Block&);
// Adds what the blocks have built to their places.
void count_investment(State&);

}  // namespace growth
