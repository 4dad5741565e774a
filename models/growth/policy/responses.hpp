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

    Dose dose = Dose::budget;
    Channel channel = Channel::imitation;
    double effect = 0, scale = 0, lag_years = 0, memory_years = 0, displacement = 0;

    static constexpr void describe(auto& r, auto&& member) {
        using sim::Spec, sim::text_spec;
        describe_component(r, member);
        member(text_spec("dose", "Which dose of the lever it follows; sites: how many work in the cluster"), r.dose);
        member(text_spec("channel", "What it moves").needed(), r.channel);
        member(Spec{"effect", "as the channel", -1e4, 1e4,
                    "At full response: a factor, or what is added; where scale is 0, for each unit of the dose"}
                   .chinese("效应")
                   .needed(),
               r.effect);
        member(Spec{"scale", "as the dose", 0, 1e6, "Dose of 63 % of the response; 0 where it is linear"}, r.scale);
        member(Spec{"lag_years", "year", 0, 20, "Mean time from dose to response"}, r.lag_years);
        member(Spec{"memory_years", "year", 0, 100, "Time in which a response fades when the dose falls; 0: with it"},
               r.memory_years);
        member(Spec{"displacement", "1", 0, 1, "Share of the response that is taken from the rest of the city"}.chinese(
                   "替代比例"),
               r.displacement);
    }
};

// A dose on its way to its response: two stages of the lag, and what was built.
struct Follower {
    double first = 0, second = 0, kept = 0;
};

struct ResponseState {
    std::array<bool, tiers> tiers_reached{};
    std::vector<Follower> followers;  // one, or one for each cluster where sites are counted
};

// (E38) dose-response with saturation: E_max (1 - e^(-x / x_1)), E_max x where x_1 = 0        [form F1]
//       x_1: dose of 63 % response
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
