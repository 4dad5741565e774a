// The rest of industry, place by place: what it would make by national growth, and what is left of that by its means.
//
// Land that levers bring to emerging industries, workers they hire and loans that are guaranteed to them are missing
// here, so that the gain of a plan can be told net of what it takes.
#pragma once

#include "models/growth/parameters/rest.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

// (E89) workers wanted: min{L_n w^(-s), room}        L_n: at the national wage, w: wage premium, room: whom firms leave
//       [labour demand: Hamermesh 1993]        w > 0
inline double rest_workers_wanted(double normal, double premium, double demand_elasticity, double room) {
    return sim::min(normal * sim::pow(premium, -demand_elasticity), room);
}

// (E90) what its means allow, over its path: (L/L_n)^a (K/K_n)^b (M/M_n)^c        [Cobb-Douglas]        ratios > 0
inline double output_by_means(const RestParameters& p, double labour, double capital, double land) {
    return sim::exp(p.labour_elasticity * sim::log(labour) + p.capital_elasticity * sim::log(capital) +
                    p.land_elasticity * sim::log(land));
}

// (E91) capital it lacks after h years: x + (1 - e^(-s h)) (d G - x)        G: guaranteed debt of firms, d: what a unit
//       of it displaces        [judged]
inline double capital_lacking(const RestParameters& p, double lacking, double guaranteed, double h) {
    return lacking + (1 - sim::exp(-p.capital_adjustment * h)) * (p.credit_displaced * guaranteed - lacking);
}

// (E100) what want of land costs it, over its path: (L/L_n)^a (K/K_n)^b [1 - (M/M_n)^c]: its other means would have made
//        so much more of the land that it lacks
inline double lost_on_land(const RestParameters& p, double labour, double capital, double land) {
    return output_by_means(p, labour, capital, 1) - output_by_means(p, labour, capital, land);
}

struct Config;
struct State;
struct PlaceState;

// Less those who went with the lines that were grafted onto emerging industries.
double rest_workers(const State&, const PlaceState&);
void open_rest(const Config&, State&);
void move_rest(const Config&, int step, State&);

}  // namespace growth
