// 2a, the overseas talent programme: persons who found firms or raise the efficiency of their hosts.
#pragma once

#include "models/growth/levers/lever.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct OverseasTalent {
    static constexpr LeverFacts facts = {.id = "2a",
                                         .key = "overseas_talent",
                                         .name = "Overseas talent programme",
                                         .name_zh = "330海外英才计划",
                                         .section = "四(二)",
                                         .works_on = "Talents and teams",
                                         .grade = 'C',
                                         .source = "Luo, Lovely, Popp 2017; Shi et al. 2022"};

    sim::Schedule budget;
    double realised = 1;
    double cost_per_person = 0.03, arrivals_at_full_effort = 5.0, full_effort = 0.15;
    Eligibility eligible;

    static constexpr void describe(auto& l, auto&& field) {
        using sim::Field, sim::text_field;
        using enum sim::Prior::Shape;
        field(Field{"budget", "1e8 CNY/year", 0, 100, "Money spent a year"}, l.budget);
        field(Field{"cost_per_person", "1e8 CNY", 0.0001, 1, "Grant and housing of one person"}.from(
                  "model A 2.1, assumption"),
              l.cost_per_person);
        field(Field{"arrivals_at_full_effort", "1/year", 0, 200, "Talents a year added at full effort"}
                  .from("model A 2.1; the programme aims at 30 in three years")
                  .uncertain(lognormal, 3, 9),
              l.arrivals_at_full_effort);
        field(Field{"full_effort", "1e8 CNY/year", 0.001, 100, "Spending at which the response has reached 63 %"}.from(
                  "assumption"),
              l.full_effort);
        field(Field{"realised", "1", 0, 10, "Share of the budget that is really there"}, l.realised);
        field(text_field("eligible", "Who may receive"), l.eligible);
    }
};

struct Config;
struct State;
void run(const OverseasTalent&, const Config&, sim::Draws, int step, State&);

}  // namespace growth
