// The macro economy: the business cycle, national demand and prices of each industry. The city is too small to move it.
#pragma once

#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

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

// (E2) growth of an industry's national demand over h years:
//      dln X = h (g + b (G_t - G_normal) + y) + common        [model B.3]        common: growth over the step by (E79)
struct NationalDemand {
    double trend = 0, path_deviation = 0, exposure = 0, own = 0, common = 0;
};
inline double national_demand_growth(const NationalDemand& d, double h) {
    return h * (d.trend + d.exposure * d.path_deviation + d.own) + d.common;
}

// (E3) growth of an industry's price over h years: dln P = h pi + s sqrt(h) e        [model B.3]
inline double price_change(double trend, double volatility, double normal, double h) {
    return h * trend + volatility * sim::sqrt(h) * normal;
}

// (E93) index of a price as the first year begins: e^(pi (1 - h) / 2)        pi: its growth about then, h: length of a step
//       The index is one over the year before, and firms stand in the middle of the last step, half a year on
inline double price_at_start(double growth, double h) {
    return sim::exp(growth * 0.5 * (1 - h));
}

// (E115) rate by which a level moves in a step, which runs from the middle of the step before to its own: the mean of what
//       is in force in both, (r' + r) / 2        Rates change between steps, so that any length of step gives one path
template <class Rate>
double from_middle_to_middle(int step, Rate&& in_force) {
    return 0.5 * (in_force(step > 0 ? step - 1 : step) + in_force(step));
}

// (E76) growth of productivity by value added from growth by gross output: g / v        [Domar 1961; Hulten 1978]
//       v: value added over output
inline double by_value_added(double growth_by_output, double value_added_ratio) {
    return growth_by_output / value_added_ratio;
}

struct Config;
struct State;
void move_macro(const Config&, sim::Draws, int step, State&);

}  // namespace growth
