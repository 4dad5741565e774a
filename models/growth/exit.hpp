// Exit: closures by hazard, bankruptcies by empty tills. Mergers: a strong firm takes a weak one whole.
#pragma once

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct ExitParameters {
    double closure_rate = 0.018, size_exponent = 0.25, young_factor = 1.6, young_years = 5, stress_response = 1.0,
           arrears = 0.05;
    double merger_rate = 0.005, merger_min_sales = 2.0, merger_max_ratio = 0.5, scrapped = 0.05,
           guaranteed_factor = 1.25;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"closure_rate", "1/year", 0, 1, "Closure hazard of a grown firm with sales of 1e8 CNY and no debt"}
                   .chinese("关闭率")
                   .from("fact C11: true closure 4-7 %"),
               p.closure_rate);
        member(Spec{"size_exponent", "1", 0, 1, "Decline of the hazard with size"}.from("model B.12"), p.size_exponent);
        member(Spec{"young_factor", "1", 1, 10, "Hazard of the young over the grown"}.from("model B.12"),
               p.young_factor);
        member(Spec{"young_years", "year", 0, 30, "Age below which a firm is young"}.from("model B.12"), p.young_years);
        member(Spec{"stress_response", "1/year", 0, 20, "Response of the hazard to debt over sales"}.from("assumption"),
               p.stress_response);
        member(Spec{"arrears", "year", 0, 2, "Unpaid bills over sales at which a firm is bankrupt"}.from("assumption"),
               p.arrears);
        member(Spec{"guaranteed_factor", "1", 1, 5, "Hazard of firms with guaranteed loans over others"}
                   .chinese("互保企业风险倍数")
                   .from("Lelarge, Sraer, Thesmar 2010")
                   .uncertain(lognormal, 1.05, 1.6),
               p.guaranteed_factor);
        member(Spec{"merger_rate", "1/year", 0, 1, "Rate at which a firm that can takes another over"}
                   .chinese("并购率")
                   .from("model A 3.2")
                   .uncertain(lognormal, 0.002, 0.012),
               p.merger_rate);
        member(Spec{"merger_min_sales", "1e8 CNY/year", 0, 1000, "Sales from which a firm can take over another"}.from(
                   "assumption"),
               p.merger_min_sales);
        member(Spec{"merger_max_ratio", "1", 0, 1, "Largest target over its acquirer, by sales"}.from("assumption"),
               p.merger_max_ratio);
        member(Spec{"scrapped", "1", 0, 1, "Share of the target's capital that is scrapped"}.from("model A 3.2"),
               p.scrapped);
    }
};

// (E33) closure hazard a year: h0 S^(-b) y e^(s min(B / S, 2)) g        [model B.12]        y: young, g: share of debt
//       that is guaranteed; S > 0
template <class T>
T closure_hazard(const ExitParameters& p, T sales, T debt, T young, T guaranteed) {
    const T size = sim::max(sales, T(1e-3));
    const T stress = sim::min(debt / size, T(2));
    return p.closure_rate * sim::exp(-p.size_exponent * sim::log(size) + p.stress_response * stress) *
           (1 + (p.young_factor - 1) * young) * (1 + (p.guaranteed_factor - 1) * guaranteed);
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
