// The supply chain between fields: what a field makes is an input of others. Demand travels upstream, prices travel
// both ways, and a firm gains from suppliers nearby, so that a link that is missing in the city is felt by its buyers.
//
// Inputs are those that fields of the city buy from fields of the city's industries; all other inputs keep their cost
// relative to output.
#pragma once

#include <string>
#include <type_traits>

#include <Eigen/SparseCore>

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

struct InputLink {
    std::string key;
    std::string supplier, buyer, source;
    double coefficient = 0, price_response = 0;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("supplier", "The field that makes the input").key_of("fields").needed(), row.supplier);
        member(text_spec("buyer", "The field that uses it").key_of("fields").needed(), row.buyer);
        member(text_spec("source", "Where the figures of this row come from"), row.source);
        member(
            Spec{"coefficient", "1", 0, 1, "Input over the buyer's output, both at prices of the base year"}.needed(),
            row.coefficient);
        member(Spec{"price_response", "1", 0, 1,
                    "How far the input's price follows the price of what is made of it: 1 for a stage of one chain, 0 "
                    "for goods with a market of their own"},
               row.price_response);
    }
};

struct SupplyChainParameters {
    double local_sourcing = 0.3, price_adjustment = 4, cost_pass_through = 0.6, upstream_elasticity = 0.03;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"local_sourcing", "1", 0, 1, "Share of what could be bought locally that local buyers buy locally"}
                   .chinese("本地采购比例")
                   .from("assumption: the plan finds upstream and downstream thinly linked")
                   .uncertain(logitnormal, 0.1, 0.6),
               p.local_sourcing);
        member(Spec{"price_adjustment", "1/year", 0, 50,
                    "Speed at which the price of an input follows the price of what is made of it"}
                   .chinese("价格调整速度")
                   .from("assumption: prices of polysilicon and modules fell within the same three quarters of 2011")
                   .uncertain(lognormal, 1.5, 10),
               p.price_adjustment);
        member(Spec{"cost_pass_through", "1", 0, 1, "Part of a change of input cost that the buyer's price takes up"}
                   .chinese("成本传导率")
                   .from("assumption")
                   .uncertain(logitnormal, 0.3, 0.85),
               p.cost_pass_through);
        member(Spec{"upstream_elasticity", "1", -0.1, 0.3, "Elasticity of efficiency to the output of suppliers nearby"}
                   .chinese("上游配套弹性")
                   .from("model A 5.2; Hu, Xu, Yashiro 2015: sign")
                   .uncertain(normal, 0.005, 0.06),
               p.upstream_elasticity);
    }
};

// (E61) part of a field's output that local buyers take: l min(1, R / Q)        [assumption]
//       R: what they need of it, Q: what is made, l: local sourcing; 0 where nothing is made
inline double local_part(double local_sourcing, double required, double output) {
    return output > 0 ? local_sourcing * sim::min(required / output, 1.0) : 0.0;
}

// (E62) growth of a field's demand: dln D = (1 - s) dln X + s dln R        [model B.5, link]        s: from (E61)
inline double linked_demand(double national, double local_part, double required_change) {
    return (1 - local_part) * national + local_part * required_change;
}

// (E63) an input's price follows the price of what is made of it: dln P = (1 - e^(-k h)) w r (ln P_b - ln P)
//       w: the buyer's weight among all buyers, r: price response        [assumption]        P, P_b > 0
inline double price_pull(double speed, double weight, double price, double buyer_price, double h) {
    return (1 - sim::exp(-speed * h)) * weight * sim::log(buyer_price / price);
}

// (E64) elasticity of the buyer's price to an input's: p a (1 - r)        [assumption]
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

// Who buys what of whom. Positions are those of the fields of the state.
struct SupplyChain {
    Eigen::SparseMatrix<double> inputs;  // supplier by buyer: coefficients; a column is a buyer's recipe
    Eigen::SparseMatrix<double> pushes;  // supplier by buyer: elasticities (E64)
    Eigen::SparseMatrix<double> pulls;   // buyer by supplier: weight times response, of (E63)
};

struct Config;
struct State;

SupplyChain lay_out_chain(const Config&, const State&);

// What the fields' output and prices at the end of a step mean for each other in the next.
void follow_chain(const Config&, State&);

// A field's value added over output at the prices of the moment, from its industry's at prices of the base year.
double value_added_ratio(const Config&, const State&, std::size_t field);

}  // namespace growth
