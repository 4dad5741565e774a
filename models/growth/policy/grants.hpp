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

struct Grant : Component {
    static constexpr std::string_view table = "grants", about = "Money to selected firms";

    double share = 1, size = 0.02, misuse = 0.45, additionality_small = 1, additionality_large = 1;
    Use use = Use::research;

    [[nodiscard]] std::optional<Dose> shares() const { return Dose::budget; }

    static constexpr void describe(auto& g, auto&& member) {
        using sim::Spec, sim::text_spec;
        describe_component(g, member);
        member(Spec{"share", "1", 0, 1, "Share of the lever's budget"}, g.share);
        member(text_spec("use", "What the money is granted for"), g.use);
        member(Spec{"size", "1e8 CNY", 1e-4, 100, "Size of one grant"}, g.size);
        member(Spec{"misuse", "1", 0, 1, "Share of a grant that is misused"}.chinese("挪用比例"), g.misuse);
        member(Spec{"additionality_small", "1", -2, 3,
                    "R&D, or equipment, added for each yuan honestly spent by a small firm"}
                   .chinese("小企业附加性"),
               g.additionality_small);
        member(Spec{"additionality_large", "1", -2, 3, "The same of a large firm"}.chinese("大企业附加性"),
               g.additionality_large);
    }
};

// (E39) R&D, or equipment, added by a grant: a (1 - m) G, a by size of firm        [form F4]
inline double spending_added(double grant, double misuse, double additionality) {
    return additionality * (1 - misuse) * grant;
}

struct Config;
struct State;
inline NoState found(const Config&, const State&, const Grant&) {
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
