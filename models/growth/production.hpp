// Production: capacity, labour, output. Prices are the industry's; firms differ in efficiency.
#pragma once

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"

namespace growth {

struct ProductionParameters {
    double capital_share = 0.4, utilisation_normal = 0.85, utilisation_max = 0.95, sales_ratio = 0.98;
    double labour_adjustment = 1.72, crew_max = 1.25, wage = 0.00036, other_cost = 0.05;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"capital_share", "1", 0.1, 0.9, "Elasticity of capacity to capital"}.from("model B.4"),
               p.capital_share);
        member(Spec{"utilisation_normal", "1", 0.3, 0.95, "Utilisation that firms plan for"}.from("assumption"),
               p.utilisation_normal);
        member(Spec{"utilisation_max", "1", 0.3, 1, "Highest share of capacity that can be produced"}.from("model B.4"),
               p.utilisation_max);
        member(Spec{"sales_ratio", "1", 0.5, 1, "Sales over gross output; the rest is own use"}
                   .chinese("产销率")
                   .from("data page: 96-99 %")
                   .uncertain(logitnormal, 0.96, 0.99),
               p.sales_ratio);
        member(Spec{"labour_adjustment", "1/year", 0, 50, "Speed at which employment follows its target"}.from(
                   "model B.4: 0.35 a quarter"),
               p.labour_adjustment);
        member(Spec{"crew_max", "1", 1, 3, "Most workers on a machine, over the crew it was designed for"}.from(
                   "assumption: a third shift"),
               p.crew_max);
        member(Spec{"wage", "1e8 CNY/person/year", 1e-6, 0.01, "Labour cost of a worker at the start"}.from(
                   "assumption: 36 thousand yuan"),
               p.wage);
        member(Spec{"other_cost", "1", 0, 0.5, "Overheads and indirect taxes over output"}
                   .chinese("其他成本占比")
                   .from("assumption"),
               p.other_cost);
    }
};

// (E6) capacity in gross output a year: Y = e^(a+z) K^alpha L^(1-alpha) / v        [model B.4]        K, L >= 0
template <class T>
T capacity(T efficiency, T capital, T labour, double capital_share, double value_added_ratio) {
    const T cobb_douglas = sim::exp(efficiency + capital_share * sim::log(sim::max(capital, T(1e-12))) +
                                    (1 - capital_share) * sim::log(sim::max(labour, T(1e-12))));
    return cobb_douglas / value_added_ratio;
}

// (E7) output: Q = min(D, u_max Y)        [model B.4]
template <class T>
T output(T demand, T capacity, double utilisation_max) {
    return sim::min(demand, utilisation_max * capacity);
}

// (E8) capital that serves demand D at normal utilisation with its designed crew l = L/K
//      K* = v D / (u e^a l^(1-alpha))        [from (E6)]        D >= 0, l > 0
template <class T>
T designed_capital(const ProductionParameters& p, T demand, T efficiency, T log_crew, double value_added_ratio) {
    return value_added_ratio * demand / p.utilisation_normal * sim::exp(-efficiency - (1 - p.capital_share) * log_crew);
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
void produce(const Config&, int step, State&, const Block&);

}  // namespace growth
