// The macro economy: the business cycle, national demand and prices of each industry. The city is too small to move it.
#pragma once

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct MacroParameters {
    double macro_persistence = 0.316, macro_volatility = 0.018;
    double industry_persistence = 0.5, industry_correlation = 0.3;
    double jump_rate = 0.16, jump_mean = -0.15, jump_spread = 0.1;
    double normal_growth = 0.10, rest_growth = 0.09;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"macro_persistence", "1", 0, 0.99, "Share of a macro shock left after a year"}.from(
                   "model B.3: quarterly 0.75"),
               p.macro_persistence);
        member(Spec{"macro_volatility", "1", 0, 0.2, "Standard deviation of the macro shock to demand growth"}.from(
                   "model B.3, assumption"),
               p.macro_volatility);
        member(Spec{"industry_persistence", "1", 0, 0.99, "Share of an industry shock left after a year"}.from(
                   "assumption"),
               p.industry_persistence);
        member(Spec{"industry_correlation", "1", 0, 0.99, "Correlation of the shocks of two industries"}.from(
                   "model B.3 and C19"),
               p.industry_correlation);
        member(Spec{"jump_rate", "1/year", 0, 4, "Rate of sudden changes of an industry's demand"}.from(
                   "model B.3, assumption"),
               p.jump_rate);
        member(Spec{"jump_mean", "1", -2, 2, "Mean of such a change, in logarithms"}.from("model B.3, assumption"),
               p.jump_mean);
        member(Spec{"jump_spread", "1", 0, 2, "Standard deviation of such a change"}.from("model B.3, assumption"),
               p.jump_spread);
        member(Spec{"normal_growth", "1/year", -0.2, 0.3,
                    "National industrial growth at which industries grow by their trend"}
                   .from("assumption: the plan's own period, about 10 %"),
               p.normal_growth);
        member(Spec{"rest_growth", "1/year", -0.2, 0.3,
                    "Real growth of the city's other industry at normal national growth"}
                   .chinese("其余工业实际增速")
                   .from("assumption: below the 14.8 % of value added in 2010")
                   .uncertain(normal, 0.06, 0.12),
               p.rest_growth);
    }
};

// (E1) an autoregressive deviation over a step of h years, with the stationary spread of its annual form:
//      x' = rho^h x + s sqrt(1 - rho^(2h)) e        [model B.3]        rho in [0, 1), s >= 0
struct Autoregression {
    double kept, shock;

    Autoregression(double persistence, double spread, double h)
        : kept(persistence > 0 ? sim::pow(persistence, h) : 0.0), shock(spread * sim::sqrt(1 - kept * kept)) {}

    template <class T>
    T operator()(T previous, T normal) const {
        return kept * previous + shock * normal;
    }
};
inline double autoregressive(double previous, double persistence, double spread, double normal, double h) {
    return Autoregression(persistence, spread, h)(previous, normal);
}

// (E2) growth of an industry's national demand over h years, jumps taken out of the mean:
//      dln X = h (g + b (G_t - G_normal + f) + y - l m) + jump        [model B.3]        l, m: rate and mean of jumps
struct NationalDemand {
    double trend = 0, path_deviation = 0, exposure = 0, macro = 0, own = 0, expected_jump = 0, jump = 0;
};
inline double national_demand_growth(const NationalDemand& d, double h) {
    return h * (d.trend + d.exposure * (d.path_deviation + d.macro) + d.own - d.expected_jump) + d.jump;
}

// (E3) growth of an industry's price over h years: dln P = h pi + s sqrt(h) e        [model B.3]
inline double price_change(double trend, double volatility, double normal, double h) {
    return h * trend + volatility * sim::sqrt(h) * normal;
}

struct Config;
struct State;
void move_macro(const Config&, sim::Draws, int step, State&);

}  // namespace growth
