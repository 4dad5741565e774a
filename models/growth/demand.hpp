// Demand for each firm's product: an open-boundary replicator. A city is small in a national market, so shares are won
// mainly from outside; large orders arrive rarely, which gives growth rates their fat tails.
#pragma once

#include <type_traits>

#include "models/growth/parameters/demand.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// Where the spread of large orders ends: beyond it their mean lies in a tail that no firm lives to see.
inline constexpr double most_spread = 0.6;

// (E4) the year's large order: Laplace, as a normal whose variance is exponential
//      x = s_i sqrt(V) e,   s_i = s (S / S_mean)^(-b), at most 0.6, V ~ Exp(1), e ~ N(0, 1)        [model B.3]
template <class T>
T order_spread(double volatility, double exponent, T log_relative_size) {
    return sim::min(volatility * sim::exp(-exponent * log_relative_size), T(most_spread));
}
template <class T>
T large_order(T spread, T exponential, T normal) {
    return spread * sim::sqrt(exponential) * normal;
}

// (E80) what a year brings: the new order, and the end of the transitory share k of the last one
//       eta = x + ln(1 - s^2 / 2) - k x' + ln(1 - (1 - k)^2 s^2 / 2) - ln(1 - s^2 / 2)
//       [the rest of an order is permanent: fact C5]        what an order does to demand has mean 1 at first, e^x, and when
//       its transitory share is over, e^((1 - k) x); the last three terms only where there was an order last year
template <class T>
T change_by_orders(T order, T last_order, T spread, double transitory_share) {
    const T variance = 0.5 * spread * spread, first = sim::log(1 - variance);
    const double stays = 1 - transitory_share;
    const T ended = sim::log(1 - stays * stays * variance) - first - transitory_share * last_order;
    return order + first + sim::select(last_order == T(0), T(0), ended);
}

// (E5) growth of a firm's demand over h years
//      dln D = dln X + c_D (d(a + z) - h w g_N) + h c_L (a - a*) - h m (ln S - <ln S>) + eta        [model B.5]
//      dln X: of the firm's field, (E62); w g_N: growth of efficiency within the nation's firms; <ln S>: mean weighted by
//      output, so that the drag moves shares and not the total; a* = (1 - l) (a_F - lead) + l a_local: the mean national
//      and local rival; eta: (E80)
template <class T>
struct DemandForces {
    T national{}, efficiency_change{}, efficiency{}, log_relative_size{}, order{};
    double national_growth = 0, rival_efficiency = 0;
};
template <class T>
T demand_growth(const DemandParameters& p, const DemandForces<T>& f, double h) {
    return f.national + p.change_response * (f.efficiency_change - h * f.national_growth) +
           (h * p.level_response) * (f.efficiency - f.rival_efficiency) - (h * p.size_drag) * f.log_relative_size +
           f.order;
}

// (E68) orders due for delivery, a year: those that come in, and of those that wait a share 1 - e^(-h / T)
//       D + (1 - e^(-h / T)) B / h        [order book of Metzler 1941; Zarnowitz 1962]        T: mean time of delivery
template <class T>
T orders_due(T demand, T backlog, double delivery_years, double h) {
    return demand + ((1 - sim::exp(-h / delivery_years)) / h) * backlog;
}

// (E69) orders that wait at the end of a step: B' = e^(-c h) (B + h (D - Q)), not below 0; the rest is cancelled
template <class T>
T orders_waiting(T backlog, T demand, T output, double kept, double h) {
    return kept * sim::max(backlog + h * (demand - output), T(0));
}

// (E74) customers that leave over a step, as demand: those whose orders are cancelled, who order once a year
//       (1 - e^(-c h)) B        [judged]        at most half of the firm's demand
template <class T>
T customers_lost(T backlog, T demand, double cancelled) {
    return sim::min(cancelled * backlog, 0.5 * demand);
}

// (E75) growth of the demand of the firms of a field by what its firms lost, L, and its entrants took, N, over the last
//       step: ln(1 + (l (L - N) + (1 - l) (L_0 - N_0)) / D), the ratio between -0.4 and 0.6        D: demand of all of them
//       The share l goes to and comes from local rivals. The rest is exchanged with the nation, whose firms lose and gain
//       all the time as those of the city did in the base year, L_0 and N_0: in a city like the nation it cancels out
struct Churn {
    double lost = 0, taken = 0, lost_normally = 0, taken_normally = 0, demand = 0;
};
inline double growth_by_churn(const Churn& x, double local) {
    if (x.demand <= 0) return 0;
    const double net = local * (x.lost - x.taken) + (1 - local) * (x.lost_normally - x.taken_normally);
    return sim::log(1 + sim::clamp(net / x.demand, -0.4, 0.6));
}

// (E83) growth of a field's national demand from a change of its price beyond its trend: -e dln P
//       [photovoltaics: half the price and 1.7 times the installations in 2011]
inline double demand_of_price(double beyond_trend, double elasticity) {
    return -elasticity * beyond_trend;
}

// (E48) share of the demand promised by new links that comes within h years: 1 - e^(-h / T)        [model A 3.7]
inline double share_released(double link_years, double h) {
    return 1 - sim::exp(-h / link_years);
}

// (E56) growth of the demand of a cell's firms from a change dG of government orders: ln(1 + dG / S), kept within 1/2
//       [model A 7.5]
inline double demand_of_orders(double change, double sales) {
    return sim::log(1 + sim::clamp(change / sales, -0.5, 0.5));
}

struct Config;
struct State;
struct Block;
void draw_orders(const Config&, sim::Draws, int step, State&, const Block&);
void move_demand(const Config&, int step, State&, const Block&);

}  // namespace growth
