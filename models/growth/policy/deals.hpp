// Equity of public and private investors in selected firms. The best of them decline more often.
#pragma once

#include <optional>
#include <string_view>

#include "models/growth/policy/component.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct Deal : FirmComponent {
    static constexpr std::string_view table = "deals", about = "Equity in selected firms";

    double share, size, leverage, efficiency_gain, adverse_selection, backed_closure;

    [[nodiscard]] std::optional<Dose> shares() const { return Dose::budget; }

    Deal();
    void describe(const sim::Members& member);
};

struct DealState {
    double money = 0;  // waits for the next whole deal
};

// (E53) chance that a firm accepts public equity: e^(-s max(0, m))        m: merit in standard deviations of efficiency
inline double consent_chance(double merit, double adverse_selection) {
    return sim::exp(-adverse_selection * sim::max(merit, 0.0));
}

struct Config;
struct State;
DealState found(const Config&, const State&, const Deal&);
void make_deals(const Config&, sim::Draws, int step, State&);

}  // namespace growth
