// What a lever costs besides the money it pays: those who carry it out, and what its land would have made elsewhere.
//
// A lever without a budget is not free. Both costs are worked out when a step is recorded; nothing reacts to them.
#pragma once

#include <cstddef>

#include "models/growth/parameters/administration.hpp"

namespace growth {

// (E101) land of the rest of industry that a lever took: its part of what was taken, by what it claims: t q / Q
//        q: share of the place's new land that it claims, not below 0, Q: of all levers
inline double land_taken_by(double taken, double claim, double claims) {
    return claims > 0 ? taken * claim / claims : 0.0;
}

// (E103) cost of administration over h years: m M + h f n e p w        M: public money handled, n: staff at full
//        effort, e: effort, w: wage of industry; m, f, p: parameters        [judged]
inline double administration(const AdministrationParameters& p, double money, double staff, double effort, double wage,
                             double h) {
    return p.money_share * money + h * p.staffing * staff * effort * p.pay * wage;
}

struct Config;
struct State;

// Books land of the rest of industry that firms of a place were given to the levers that claim it.
void book_land_taken(const Config&, State&, std::size_t place, double land);
// Over the last step.
double administration_of(const Config&, const State&, std::size_t lever);
// Value added over the last step that the rest of industry lacks for the land this lever took.
double land_loss_of(const Config&, const State&, std::size_t lever);

}  // namespace growth
