// What neighbours learn from each other, and what crowding costs: agglomeration within a cell.
#pragma once

#include "models/growth/parameters/knowledge.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

// Support over sales from which a firm counts as supported; support fades with a memory of a year.
inline constexpr double supported_from = 1e-3;

// (E26) spillover to efficiency over a step
//       da = A (e_own dln VA + s dln Z) - h c m^2 - h d t (1 - treated)        [model B.9]
//       m: share of the cell's land in use, t: share of the cell's sales with support
template <class T>
struct Surroundings {
    T absorptive{}, agglomeration{}, spillover{}, treated{};  // A, e_own and s as policy moves them, treated: 0 or 1
    double value_added_change = 0, knowledge_change = 0, land_use = 0, treated_share = 0;  // of the cell
};
template <class T>
T spillover_gain(const KnowledgeParameters& p, const Surroundings<T>& x, double h) {
    return x.absorptive * (x.agglomeration * x.value_added_change + x.spillover * x.knowledge_change) -
           h * p.congestion * x.land_use * x.land_use - (h * p.subsidised_rivals * x.treated_share) * (1 - x.treated);
}

// Change of a logarithm over a step, nothing where either side is empty; bounded, since what few firms make can double
// overnight.
inline double log_change(double now, double before) {
    return now > 0 && before > 0 ? sim::clamp(sim::log(now / before), -0.2, 0.2) : 0.0;
}

struct Config;
struct State;
struct Block;
void spill_over(const Config&, int step, State&, const Block&);

}  // namespace growth
