// Production: capacity, labour, output. Prices are the industry's; firms differ in efficiency.
#pragma once

#include "models/growth/parameters/production.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"

namespace growth {

// (E6) capacity in gross output a year: Y = e^(a+z) K^alpha L^(1-alpha) / v        [model B.4]        K, L >= 0
template <class T>
T capacity(T efficiency, T capital, T labour, double capital_share, double value_added_ratio) {
    const T cobb_douglas = sim::exp(efficiency + capital_share * sim::log(sim::max(capital, T(1e-12))) +
                                    (1 - capital_share) * sim::log(sim::max(labour, T(1e-12))));
    return cobb_douglas / value_added_ratio;
}

// (E7) output: Q = min(orders due, u_max Y)        [model B.4]        orders due: (E68)
template <class T>
T output(T due, T capacity, double utilisation_max) {
    return sim::min(due, utilisation_max * capacity);
}

// (E70) price over that of the field: e^(w + k (u - u_n))        w: the firm's wedge, u: its utilisation, k: how margins
//       answer it        [Foster, Haltiwanger, Syverson 2008; Dosi, Fagiolo, Roventini 2010]
template <class T>
T relative_price(T wedge, T utilisation, double normal, double response) {
    return sim::exp(wedge + response * (utilisation - normal));
}

// (E8) capital that serves demand D at normal utilisation with its designed crew l = L/K
//      K* = v D / (u e^a l^(1-alpha))        [from (E6)]        D >= 0, l > 0
template <class T>
T designed_capital(const ProductionParameters& p, T demand, T efficiency, T log_crew, double value_added_ratio) {
    return value_added_ratio * demand / p.utilisation_normal * sim::exp(-efficiency - (1 - p.capital_share) * log_crew);
}

// The other way round, (E8): demand that capital K serves so, D = u K e^a l^(1-alpha) / v
template <class T>
T designed_demand(const ProductionParameters& p, T capital, T efficiency, T log_crew, double value_added_ratio) {
    return p.utilisation_normal * capital / value_added_ratio * sim::exp(efficiency + (1 - p.capital_share) * log_crew);
}

// (E9) labour that serves demand D with capital K at normal utilisation, at most a full crew
//      L* = min((v D / (u e^(a+z) K^alpha))^(1/(1-alpha)), c_max l K)        [model B.4]
template <class T>
T labour_target(const ProductionParameters& p, T demand, T efficiency, T capital, T crew, double value_added_ratio) {
    const T safe_capital = sim::max(capital, T(1e-12));
    const T served = sim::max(value_added_ratio * demand / p.utilisation_normal, T(1e-12));
    const T needed =
        sim::exp((sim::log(served) - efficiency - p.capital_share * sim::log(safe_capital)) / (1 - p.capital_share));
    return sim::min(needed, p.crew_max * crew * capital);
}

// (E10) partial adjustment over h years: x' = x + (1 - e^(-s h)) (x* - x)
template <class T>
T adjusted(T value, T target, double speed, double h) {
    return value + (1 - sim::exp(-speed * h)) * (target - value);
}

struct Config;
struct State;
struct Block;
void produce(const Config&, int step, State&, Block&);

}  // namespace growth
