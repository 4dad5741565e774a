// Money to selected firms, part of which is misused and part of which pays for what would have been done anyway.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "models/growth/policy/component.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

enum class Use : std::uint8_t { research, equipment, cash };

struct Grant : FirmComponent {
    static constexpr std::string_view table = "grants", about = "Money to selected firms";

    double share, size, misuse, additionality_small, additionality_large;
    Use use;

    [[nodiscard]] std::optional<Dose> shares() const { return Dose::budget; }

    Grant();
    void describe(const sim::Members& member);
};

// (E39) R&D, or equipment, added by a grant: a (1 - m) G, a by size of firm        [form F4]
inline double spending_added(double grant, double misuse, double additionality) {
    return additionality * (1 - misuse) * grant;
}

struct GrantState {
    double money = 0;  // waits for a whole grant
};

struct Config;
struct State;
inline GrantState found(const Config&, const State&, const Grant&) {
    return {};
}
void give_grants(const Config&, sim::Draws, int step, State&);

}  // namespace growth

namespace sim {
template <>
struct Words<growth::Use> {
    static constexpr std::array<std::string_view, 3> words = {"research", "equipment", "cash"};
};
}  // namespace sim
