// Equity of public and private investors in selected firms. The best of them decline more often.
#pragma once

#include <optional>
#include <string_view>

#include "models/growth/policy/component.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct Deal : Component {
    static constexpr std::string_view table = "deals", about = "Equity in selected firms";

    double share = 1, size = 0.3, leverage = 1.5, efficiency_gain = 0, adverse_selection = 0, backed_closure = 1;

    [[nodiscard]] std::optional<Dose> shares() const { return Dose::budget; }

    static constexpr void describe(auto& d, auto&& member) {
        using sim::Spec;
        describe_component(d, member);
        member(Spec{"share", "1", 0, 1, "Share of the lever's budget"}, d.share);
        member(Spec{"size", "1e8 CNY", 0.001, 100, "Equity of one deal, public and private"}, d.size);
        member(
            Spec{"leverage", "1", 0, 20, "Private money that joins a yuan of public money"}.chinese("社会资金带动倍数"),
            d.leverage);
        member(Spec{"efficiency_gain", "1", -0.5, 0.5, "Gain of efficiency of a backed firm, in logarithms"}.chinese(
                   "效率提升"),
               d.efficiency_gain);
        member(Spec{"adverse_selection", "1", 0, 2,
                    "How much the best firms shun public investors, per standard deviation of efficiency"},
               d.adverse_selection);
        member(Spec{"backed_closure", "1", 0.05, 2, "Hazard of closure of backed firms, over others"}.chinese(
                   "被投企业关闭风险"),
               d.backed_closure);
    }
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
