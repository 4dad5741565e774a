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

struct Treatment : FirmComponent {
    static constexpr std::string_view table = "treatments", about = "Something done to selected firms one by one";

    Dose dose;
    double share, cost, most, effect, deadweight, displacement;
    Gain gain;

    [[nodiscard]] std::optional<Dose> shares() const {
        return dose == Dose::budget ? std::optional(dose) : std::nullopt;
    }

    Treatment();
    void describe(const sim::Members& member);
};

struct TreatmentState {
    double due = 0;  // firms, waiting for the next that is treated
};

// (E54) firms that can be treated a year: the budget over the cost of one, or the number given, or effort times the
// most
inline double firms_a_year(double budget, double cost, double persons, double effort, double most) {
    return budget / cost + persons + effort * most;
}

// (E96) what a treatment adds to a firm: its gain, or nothing to the share w of those chosen who would have gone that way
//       without it: u >= w        u: uniform, the firm's own        [deadweight: HM Treasury 2022]
inline double gain_added(double gain, double uniform, double deadweight) {
    return uniform < deadweight ? 0.0 : gain;
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
