// Land as a bound on capital, and the queue for it: each place's bureau serves requests in order of priority.
#pragma once

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct LandParameters {
    double normal_share = 0.3, initial_slack = 0.2, size_priority = 0.3, noise = 1.0, reserve_years = 1.0;
    double development_cost = 0.0045;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(
            Spec{"normal_share", "1", 0, 1, "Share of new industrial land that goes to these industries without policy"}
                .chinese("常规用地占比")
                .from("model A 7.4, assumption")
                .uncertain(logitnormal, 0.2, 0.4),
            p.normal_share);
        member(Spec{"initial_slack", "1", 0, 1, "Mean share of a firm's land that is free at the start"}.from(
                   "assumption"),
               p.initial_slack);
        member(Spec{"size_priority", "1", 0, 3, "Weight of project size in the land queue"}.from("assumption"),
               p.size_priority);
        member(Spec{"noise", "1", 0, 5, "Weight of chance in the land queue"}.from("assumption"), p.noise);
        member(
            Spec{"reserve_years", "year", 0, 5, "Years of supply that unused quota may accumulate"}.from("assumption"),
            p.reserve_years);
        member(Spec{"development_cost", "1e8 CNY/mu", 0, 0.1, "Public cost of serving a mu that a lever brings"}
                   .chinese("土地开发成本")
                   .from("model A 5.1: 0.3-0.6 million yuan")
                   .uncertain(lognormal, 0.003, 0.006),
               p.development_cost);
    }
};

// (E27) land an expansion needs: max(0, (K + W + I) / k - M)        [model B.4]        k: capital a mu carries
template <class T>
T land_needed(T capital, T under_way, T order, T land, double land_intensity) {
    return sim::max((capital + under_way + order) / land_intensity - land, T(0));
}

// (E28) part of an expansion that fits on the land at hand: min(I, max(0, k M - K - W))        [model B.4]
template <class T>
T order_within_land(T capital, T under_way, T order, T land, double land_intensity) {
    return sim::min(order, sim::max(land_intensity * land - capital - under_way, T(0)));
}

// (E29) priority in the queue: p = w ln I + n g        [model B.11]        I: size of the project, g ~ Gumbel
template <class T>
T queue_priority(T order, double size_priority, double noise, T gumbel) {
    return size_priority * sim::log(order) + noise * gumbel;
}

struct Config;
struct State;
struct Cell;
// Capital a mu of a cell carries now, 1e8 CNY.
double land_intensity(const Config&, const State&, const Cell&);
// Takes land out of a place's reserve and books what levers brought of it.
void give_land(const Config&, State&, std::size_t place, double mu);
void allocate_land(const Config&, sim::Draws, int step, State&);

}  // namespace growth
