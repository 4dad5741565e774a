// Something done to selected firms one by one, to each firm once: training, pairing with an institute, a first order.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "models/growth/policy/component.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

enum class Gain : std::uint8_t { efficiency, search, demand };

struct Treatment : Component {
    static constexpr std::string_view table = "treatments", about = "Something done to selected firms one by one";

    Dose dose = Dose::budget;
    double share = 1, cost = 0.001, most = 0, effect = 0, displacement = 0;
    Gain gain = Gain::efficiency;

    [[nodiscard]] std::optional<Dose> shares() const {
        return dose == Dose::budget ? std::optional(dose) : std::nullopt;
    }

    static constexpr void describe(auto& t, auto&& member) {
        using sim::Spec, sim::text_spec;
        describe_component(t, member);
        member(text_spec("dose", "Which dose of the lever it follows: budget, persons or effort"), t.dose);
        member(Spec{"share", "1", 0, 1, "Share of the lever's budget, where that is the dose"}, t.share);
        member(Spec{"cost", "1e8 CNY", 1e-6, 10, "Public cost of one firm"}, t.cost);
        member(Spec{"most", "1/year", 0, 1e5, "Firms a year at full effort, where effort is the dose"}.chinese(
                   "每年惠及企业数"),
               t.most);
        member(text_spec("gain", "What a treated firm gains").needed(), t.gain);
        member(Spec{"effect", "1", -1, 1, "That gain, in logarithms"}.chinese("效应").needed(), t.effect);
        member(Spec{"displacement", "1", 0, 1, "Share of a gain of demand that is taken from local rivals"}.chinese(
                   "替代比例"),
               t.displacement);
    }
};

struct TreatmentState {
    double due = 0;  // firms, waiting for the next that is treated
};

// (E54) firms that can be treated a year: the budget over the cost of one, or the number given, or effort times the
// most
inline double firms_a_year(double budget, double cost, double persons, double effort, double most) {
    return budget / cost + persons + effort * most;
}

struct Config;
struct State;
TreatmentState found(const Config&, const State&, const Treatment&);
void treat_firms(const Config&, sim::Draws, int step, State&);

}  // namespace growth

namespace sim {
template <>
struct Words<growth::Gain> {
    static constexpr std::array<std::string_view, 3> words = {"efficiency", "search", "demand"};
};
}  // namespace sim
