// The equations of Industry-60, numbered as in README.md: one text for one number and for a pack of firms.
#pragma once

#include "benchmarks/industry60/rules.hpp"
#include "sim/math/elementary.hpp"

namespace industry60 {

// (1)
template <class T>
T next_shock(T shock, T normal) {
    return persistence * shock + shock_spread * normal;
}

// (2) what could be produced in a year
template <class T>
T capacity(T capital, T technique, T shock) {
    return capital * sim::exp(technique + shock);
}

// (3) share of the orders that capacity lets serve; 1 where nothing is ordered
template <class T>
T served_share(T capacity, T orders) {
    return sim::min(T(1.0), capacity / orders);
}

// (4)
template <class T>
T success_chance(T intensity, T output, T capital) {
    return 1.0 - sim::exp(-(research_efficiency * month) * intensity * output / capital);
}

// (5) of a uniform
template <class T>
T technique_gain(T uniform) {
    return -mean_gain * sim::log(uniform);
}

// (6) of the firm's own money; the noise has mean 1
template <class T>
T own_investment(T capital, T use, T normal) {
    const T rate = sim::clamp(depreciation + accelerator * (use - normal_use), 0.0, 1.0);
    constexpr double mean_one = investment_spread * investment_spread / 2;
    return month * capital * rate * sim::exp(investment_spread * normal - mean_one);
}

// (7)
template <class T>
T next_capital(T capital, T investment) {
    return capital * (1.0 - depreciation * month) + investment;
}

// (8) share before all shares of the industry are scaled to one
template <class T>
T raw_share(T share, T technique, T shock, T served) {
    return share * sim::exp((selection * month) * (technique + shock - shortage_penalty * (1.0 - served)));
}

}  // namespace industry60
