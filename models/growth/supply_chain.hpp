// The supply chain between fields: what a field makes is an input of others. Demand travels upstream, prices travel
// both ways, and a firm gains from suppliers nearby, so that a link that is missing in the city is felt by its buyers.
//
// Inputs are those that fields of the city buy from fields of the city's industries; all other inputs keep their cost
// relative to output.
#pragma once

#include <type_traits>

#include "sim/math/elementary.hpp"

namespace growth {

// (E61) part of a field's output that local buyers take: l min(1, R / Q)        [judged]
//       R: what they need of it, Q: what is made, l: local sourcing; 0 where nothing is made
inline double local_part(double local_sourcing, double required, double output) {
    return output > 0 ? local_sourcing * sim::min(required / output, 1.0) : 0.0;
}

// (E62) growth of a field's demand: dln D = (1 - s) dln X + s dln R        [model B.5, link]        s: from (E61)
inline double linked_demand(double national, double local_part, double required_change) {
    return (1 - local_part) * national + local_part * required_change;
}

// (E63) an input's price follows the price of what is made of it: dln P = (1 - e^(-k h)) w r (ln P_b - ln P)
//       w: the buyer's weight among all buyers, r: price response        [judged]        P, P_b > 0
inline double price_pull(double speed, double weight, double price, double buyer_price, double h) {
    return (1 - sim::exp(-speed * h)) * weight * sim::log(buyer_price / price);
}

// (E64) elasticity of the buyer's price to an input's: p a (1 - r)        [judged]
//       r as in (E63): where the input follows the buyer, the buyer does not follow the input
inline double cost_elasticity(double pass_through, double coefficient, double price_response) {
    return pass_through * coefficient * (1 - price_response);
}

// (E65) what an input adds to value added over output as prices change: a (1 - P / P_b)        [model B.6]
//       so that v* P_b = v P_b + sum a (P_b - P): a cheaper input is value added, a dearer one eats it
inline double input_margin(double coefficient, double input_price, double own_price) {
    return coefficient * (1 - input_price / own_price);
}

// (E66) share of a requirement that could be met locally: min(1, Q / R)        [Leontief requirement R = sum a Q_b]
inline double requirement_met(double output, double required) {
    if (required > 0) return sim::min(output / required, 1.0);
    return output > 0 ? 1.0 : 0.0;
}

// (E67) gain from suppliers nearby over a step: da = A e m dln U        [model B.9; A 5.2]
//       U: their output, by coefficients; m: share of the inputs that is met locally (E66), so that a missing link
//       brings nothing; A: absorptive capacity
template <class T>
T upstream_gain(T absorptive, std::type_identity_t<T> elasticity, std::type_identity_t<T> linked_growth) {
    return absorptive * elasticity * linked_growth;
}

struct Config;
struct State;
struct SupplyChain;

SupplyChain lay_out_chain(const Config&, const State&);

// What the fields' output and prices at the end of a step mean for each other in the next.
void follow_chain(const Config&, State&);

// A field's value added over output at the prices of the moment, from its industry's at prices of the base year.
double value_added_ratio(const Config&, const State&, std::size_t field);

}  // namespace growth
