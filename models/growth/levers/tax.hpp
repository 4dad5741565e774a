// 7b, tax preferences: more firms use the law of the land, the 15 % rate and the extra deduction of R&D.
#pragma once

#include "models/growth/levers/lever.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct Tax {
    static constexpr LeverFacts facts = {.id = "7b",
                                         .key = "tax",
                                         .name = "Tax preferences",
                                         .name_zh = "税收优惠",
                                         .section = "四(七)",
                                         .works_on = "After-tax cash flow and the cost of R&D",
                                         .grade = 'A',
                                         .source = "Jia, Ma 2017; Chen et al. 2021"};

    sim::Schedule take_up;
    double realised = 1;
    double recognition_factor = 3.0, research_elasticity = 0.4, user_cost_cut = 0.10;
    Eligibility eligible;

    static constexpr void describe(auto& l, auto&& field) {
        using sim::Field, sim::text_field;
        using enum sim::Prior::Shape;
        field(Field{"take_up", "1", 0, 1,
                    "Share of firms with R&D that are helped to use the preferences, above the normal share"},
              l.take_up);
        field(Field{"recognition_factor", "1", 1, 20, "Rate of recognition of a firm that is helped, over others"}.from(
                  "assumption"),
              l.recognition_factor);
        field(Field{"research_elasticity", "1", 0, 3, "Response of R&D to its user cost"}
                  .from("Jia, Ma 2017")
                  .uncertain(normal, 0.2, 0.6),
              l.research_elasticity);
        field(Field{"user_cost_cut", "1", 0, 0.5, "Cut of the user cost of R&D by the extra deduction"}.from(
                  "law: half of R&D deducted once more at 25 %"),
              l.user_cost_cut);
        field(Field{"realised", "1", 0, 10, "Share of the take-up that is really there"}, l.realised);
        field(text_field("eligible", "Who may receive"), l.eligible);
    }
};

// (E41) R&D of a firm that uses the extra deduction, over its R&D without: (1 - c)^(-e)        [form F6]
inline double deduction_effect(double user_cost_cut, double elasticity) {
    return sim::pow(1 - user_cost_cut, -elasticity);
}

struct Config;
struct State;
void run(const Tax&, const Config&, sim::Draws, int step, State&);

}  // namespace growth
