// Labour is scarce: who works at a place lives there or commutes, and the wage answers how many are without work.
//
// Workers that firms take, the rest of industry lacks or newcomers replace. Without this a lever's jobs cost nothing.
#pragma once

#include "models/growth/parameters/labour_market.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

// Between two jobs: unemployment that no wage ends, and below which nobody is left to hire.
inline constexpr double least_unemployment = 0.005;

// (E85) unemployment that a place feels: u = max{1 - [(1 - k) e + k e_c], 0.005}
//       e: workers over labour force of the place, e_c: of the city, k: share of those who commute        [judged]
inline double unemployment_felt(double commuting, double employed, double employed_in_city) {
    return sim::max(1 - ((1 - commuting) * employed + commuting * employed_in_city), least_unemployment);
}

// (E86) wage of a place over the national path: (u / u_0)^(-e)        [Blanchflower, Oswald 1994]        u, u_0 > 0
inline double wage_premium(double unemployment, double first, double response) {
    return sim::pow(unemployment / first, -response);
}

// (E87) labour force after h years: F e^(h (n + m ln w))        w: wage premium, m: migration that answers it
//       [judged]        w > 0
inline double labour_force(const LabourMarketParameters& p, double force, double premium, double h) {
    return force * sim::exp(h * (p.natural_growth + p.migration * sim::log(premium)));
}

// (E88) share of the hires that firms of a place want which find workers: 1 - (1 - g) max(0, W - A) / W
//       W: hires wanted, A: workers of the place who can be hired, g: share of what places lack that commuters fill
inline double hires_served(double wanted, double own, double commuters) {
    return wanted > own ? 1 - (1 - commuters) * (wanted - own) / wanted : 1.0;
}

struct Config;
struct State;
// The labour force of the base year, which leaves the unemployment of that year.
void open_labour_market(const Config&, State&);
// Wages, migrants and who can be hired, by the workers at the end of the last step; the burn-in lacks nobody.
void clear_labour_market(const Config&, int step, State&);

}  // namespace growth
