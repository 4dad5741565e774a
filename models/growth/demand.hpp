// Demand for each firm's product: an open-boundary replicator. A city is small in a national market, so shares are won
// mainly from outside; large orders arrive rarely, which gives growth rates their fat tails.
#pragma once

#include <type_traits>

#include "models/growth/parameters/demand.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// (E4) the year's large order: Laplace, as a normal whose variance is exponential
//      eta = s_i sqrt(V) e + ln(1 - s_i^2 / 2),   s_i = s (S / S_mean)^(-b), V ~ Exp(1), e ~ N(0, 1)        [model B.3]
//      the second term makes E e^eta = 1; s_i is kept below 1
template <class T>
T large_order(double volatility, double exponent, T log_relative_size, T exponential, T normal) {
    const T spread = sim::min(volatility * sim::exp(-exponent * log_relative_size), T(1));
    return spread * sim::sqrt(exponential) * normal + sim::log(1 - 0.5 * spread * spread);
}

// (E5) growth of a firm's demand over h years
//      dln D = dln X + c_D (d(a + z) - h g_F) + h c_L (a - a*) - h m (ln S - <ln S>) - h q ln(D / Q) + eta
//      dln X: of the firm's field, (E62); <ln S>: mean weighted by output, so that the drag moves shares and not the
//      total a* = (1 - l) (a_F - lead) + l a_local: the mean national and local rival        [model B.5]
template <class T>
struct DemandForces {
    T national{}, efficiency_change{}, efficiency{}, log_relative_size{}, log_backlog{}, order{};
    double frontier_growth = 0, rival_efficiency = 0;
};
template <class T>
T demand_growth(const DemandParameters& p, const DemandForces<T>& f, double h) {
    return f.national + p.change_response * (f.efficiency_change - h * f.frontier_growth) +
           (h * p.level_response) * (f.efficiency - f.rival_efficiency) - (h * p.size_drag) * f.log_relative_size -
           (h * p.unserved_loss) * f.log_backlog + f.order;
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
