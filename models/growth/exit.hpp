// Exit: closures by hazard, bankruptcies by empty tills. Mergers: a strong firm takes a weak one whole.
#pragma once

#include "models/growth/parameters/exit.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E33) closure hazard a year: h0 (S / S0)^(-b) y e^(s min(B / S, 2)) g        [model B.12]        y: young; g =
//       min(1, share of debt that is guaranteed / f), f: share from which the hazard is that published for firms with
//       guaranteed loans; S > 0
template <class T>
T closure_hazard(const ExitParameters& p, T sales, T debt, T young, T guaranteed) {
    const T size = sim::max(sales, T(1e-3 * p.closure_size));
    const T stress = sim::min(debt / size, T(2));
    return p.closure_rate * sim::exp(-p.size_exponent * sim::log(size / p.closure_size) + p.stress_response * stress) *
           (1 + (p.young_factor - 1) * young) *
           (1 + (p.guaranteed_factor - 1) * sim::min(guaranteed / p.full_guarantee, T(1)));
}

// (E34) chance of an event with hazard l over h years: 1 - e^(-l h)        [form F7]
template <class T>
T event_chance(T hazard, double h) {
    return 1 - sim::exp(-hazard * h);
}

struct Config;
struct State;
void close_down(const Config&, sim::Draws, int step, State&);
void merge(const Config&, sim::Draws, int step, State&);

}  // namespace growth
