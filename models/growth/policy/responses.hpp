// Channels follow doses. Lag, memory, saturation, exposure, delivery and displacement, the same for every lever.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "models/growth/policy/channels.hpp"
#include "models/growth/policy/component.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

// A channel follows a dose: with a lag, up to saturation, fading when the dose falls, partly at the cost of others.
struct Response : Component {
    static constexpr std::string_view table = "responses", about = "Channels that follow a dose";

    Dose dose;
    Channel channel;
    double effect, reach, scale, lag_years, memory_years, displacement;

    Response();
    void describe(const sim::Members& member);
};

// A dose on its way to its response: two stages of the lag, and what was built.
struct Follower {
    double first = 0, second = 0, kept = 0;
};

struct ResponseState {
    std::array<bool, tiers> tiers_reached{};
    std::vector<Follower> followers;   // one, or one for each cluster where sites are counted
    std::vector<std::size_t> earlier;  // rows before it that are made alike, with which it shares saturation
};

// (E38) dose-response with saturation: E_max (1 - e^(-x / x_1)), E_max x where x_1 = 0        [form F1]
//       x_1: dose of 63 % response; E_max: the effect, of a factor its logarithm, times the share that it reaches
inline double saturating(double dose, double scale, double maximum) {
    return scale > 0 ? maximum * (1 - sim::exp(-dose / scale)) : maximum * dose;
}

// (E45) a lag whose length is Erlang-2 with mean l: two stages in series at speed 2 / l, for a dose x that is constant
//       over the step: f' = x + q (f - x), s' = x + q (s - x + a (f - x)), a = 2 h / l, q = e^(-a)        [form F2]
inline Follower lagged(Follower before, double dose, double lag, double h) {
    if (lag <= 0) return {dose, dose, before.kept};
    const double a = 2 * h / lag, left = sim::exp(-a), first = before.first - dose, second = before.second - dose;
    return {dose + left * first, dose + left * (second + a * first), before.kept};
}

// (E46) what was built fades when the dose falls: max(x, k e^(-h / m)); with the dose where m = 0        [form F3]
inline double remembered(double kept, double dose, double memory, double h) {
    return memory > 0 ? sim::max(dose, kept * sim::exp(-h / memory)) : dose;
}

// (E47) dose per exposed unit: x / e, e the share of the city's base-year sales that the lever reaches        e in (0,
// 1]
inline double exposed_dose(double dose, double exposure) {
    return dose / exposure;
}

// (E32) effect in a cell net of displacement: v [reached] - rho V, V the mean of v over the city        [form F10]
inline double net_of_displacement(double value, double displacement, double mean) {
    return value - displacement * mean;
}

struct Config;
struct State;
ResponseState found(const Config&, const State&, const Response&);
void respond(const Config&, int step, State&);

}  // namespace growth
