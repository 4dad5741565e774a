// What neighbours learn from each other, and what crowding costs: agglomeration within a cell.
#pragma once

#include "models/growth/parameters/knowledge.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

// (E94) dose of a firm's support: x = min(1, M / (m S))        M: money received over about the last year, whatever for; S:
//       sales a year, m: support over sales at which its effects are full
template <class T>
T support_dose(T support, T sales, double full) {
    return sim::min(support / sim::max(full * sales, T(1e-12)), T(1));
}

// (E26) spillover to efficiency over a step
//       da = A (e_own dln VA + s dln Z) - h c m^2 + h (g x - d X (1 - x))        [model B.9]
//       m: share of the cell's land in use; x: the firm's support by (E94), g: what full support gains, d: what it costs
//       those without it, X: mean support of the cell's firms above scale        [Du, Girma, Goerg, Stepanok 2023: both go
//       with the share of firms supported]
template <class T>
struct Surroundings {
    T absorptive{}, agglomeration{}, spillover{}, support{};  // A, e_own and s as policy moves them, x
    double value_added_change = 0, knowledge_change = 0, land_use = 0, mean_support = 0;  // of the cell
};
template <class T>
T spillover_gain(const KnowledgeParameters& p, const Surroundings<T>& x, double h) {
    return x.absorptive * (x.agglomeration * x.value_added_change + x.spillover * x.knowledge_change) -
           h * p.congestion * x.land_use * x.land_use +
           h * (p.support_gain * x.support - (p.subsidised_rivals * x.mean_support) * (1 - x.support));
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
