// Entry by predefined slots: every cell has so many possible entrants a step, each with latent traits and a threshold
// u. One appears when u lies below the slot's chance, so policy adds entrants at the margin and reshuffles nobody.
#pragma once

#include <cstdint>

#include "models/growth/limits.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// Identities of entrants say who they are whatever else happens. From the top: 1, ten bits of cell, eleven of step, two
// of origin, eight of slot; a cell with more slots than that counts on between the firms of the start and the talents,
// below whom are those founded before the first step.
inline constexpr int common_slots = 256;
inline constexpr std::uint64_t first_entrant_id = std::uint64_t{1} << 31, first_talent_id = std::uint64_t{1} << 30;

// (E30) start-ups expected over h years: e N e^(b (g - g_0)) h        [model B.12]        g - g_0: demand above normal;
//       the exponent is kept within 10
inline double expected_start_ups(double rate, double firms, double demand_response, double growth, double h) {
    return rate * firms * sim::exp(sim::clamp(demand_response * growth, -limits::entry, limits::entry)) * h;
}

// (E31) chance of one slot of n, so that n p = the number expected
inline double slot_chance(double expected, double slots) {
    return sim::min(expected / slots, 1.0);
}

struct Config;
struct State;
struct Cell;
struct Newborn;
void enter(const Config&, sim::Draws, int step, State&);
// Those who were founded before the first step and still build then, as in any other: a population without them would
// lack young firms as soon as they would have opened.
void found_earlier(const Config&, sim::Draws, State&);
// How many steps before the first one they may have been founded.
int earlier_steps(const Config&);
// Plants that are built open, with a whole crew and the demand that they are designed for.
void open_plants(const Config&, int step, State&);

// Takes a newborn into a cell and counts it, where the place's reserve has land for it; else it does not come.
void admit(const Config&, State&, Cell&, const Newborn&);

}  // namespace growth
