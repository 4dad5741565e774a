// Demand for each firm's product: an open-boundary replicator. A city is small in a national market, so shares are won
// mainly from outside; large orders arrive rarely, which gives growth rates their fat tails.
#pragma once

#include <type_traits>

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct DemandParameters {
    double change_response = 0.6, level_response = 0.04, local_stealing = 0.3, size_drag = 0.02;
    double order_volatility = 0.3, order_size_exponent = 0.15, unserved_loss = 0.5, link_years = 2.0;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"change_response", "1", 0, 3, "Response of demand to a change of the firm's efficiency"}
                   .chinese("需求对效率变化的反应")
                   .from("Yu, Dosi, Grazzi, Lei 2017: changes, not levels, drive growth")
                   .uncertain(normal, 0.2, 1.0),
               p.change_response);
        member(Spec{"level_response", "1/year", 0, 0.5, "Response of demand growth to the level of efficiency"}
                   .chinese("需求对效率水平的反应")
                   .from("Yu, Dosi, Grazzi, Lei 2017")
                   .uncertain(normal, 0.0, 0.10),
               p.level_response);
        member(Spec{"local_stealing", "1", 0, 1,
                    "Share of the comparison that is with local rivals, not the national frontier"}
                   .chinese("本地竞争替代率")
                   .from("assumption")
                   .uncertain(logitnormal, 0.1, 0.5),
               p.local_stealing);
        member(Spec{"size_drag", "1/year", 0, 0.3, "Slower growth of larger firms, per logarithm of size"}
                   .chinese("规模拖累")
                   .from("assumption")
                   .uncertain(normal, 0.0, 0.04),
               p.size_drag);
        member(
            Spec{"order_volatility", "1", 0, 2, "Standard deviation of the year's large order, for a firm of mean size"}
                .chinese("订单波动")
                .from("model B.3: growth rates C3, C5"),
            p.order_volatility);
        member(Spec{"order_size_exponent", "1", 0, 0.5, "Decline of that deviation with size"}
                   .chinese("订单波动的规模指数")
                   .from("Stanley et al. 1996; Riccaboni et al. 2008"),
               p.order_size_exponent);
        member(Spec{"unserved_loss", "1/year", 0, 10, "Rate at which customers a firm cannot serve go elsewhere"}.from(
                   "assumption"),
               p.unserved_loss);
        member(Spec{"link_years", "year", 0.1, 20, "Time in which a new link brings the demand it promises"}.from(
                   "Alfaro-Urena et al. 2022: over four years"),
               p.link_years);
    }
};

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
