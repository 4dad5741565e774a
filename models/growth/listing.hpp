// Going public: profitable firms of some size raise equity on an exchange, in the years in which exchanges are open.
#pragma once

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct ListingParameters {
    double rate = 0.01, min_sales = 1.0, proceeds_ratio = 0.8, proceeds_cap = 8;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"rate", "1/year", 0, 1, "Rate at which a firm that qualifies is listed"}
                   .chinese("上市率")
                   .from("model A 3.5, lowered")
                   .uncertain(lognormal, 0.005, 0.02),
               p.rate);
        member(Spec{"min_sales", "1e8 CNY/year", 0, 1000, "Sales from which a profitable firm qualifies"}.from(
                   "model A 3.5"),
               p.min_sales);
        member(Spec{"proceeds_ratio", "year", 0, 10, "Equity raised over sales"}.from("assumption"), p.proceeds_ratio);
        member(Spec{"proceeds_cap", "1e8 CNY", 0, 1000, "Most equity raised"}.from("model A 3.5: 3-12"),
               p.proceeds_cap);
    }
};

// (E42) equity raised by a listing: min(r S, E_max)        [model A 3.5]
inline double listing_proceeds(double sales, double ratio, double cap) {
    return sim::min(ratio * sales, cap);
}

struct Config;
struct State;
void go_public(const Config&, sim::Draws, int step, State&);

}  // namespace growth
