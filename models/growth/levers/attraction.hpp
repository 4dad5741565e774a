// 4a, investment attraction: more projects from outside, part of which would have come anyway.
#pragma once

#include "models/growth/levers/lever.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct Attraction {
    static constexpr LeverFacts facts = {.id = "4a",
                                         .key = "attraction",
                                         .name = "Investment attraction",
                                         .name_zh = "招商引资",
                                         .section = "四(四)",
                                         .works_on = "Large entrants from outside",
                                         .grade = 'B',
                                         .source = "Harding, Javorcik 2011; Greenstone, Hornbeck, Moretti 2010"};

    sim::Schedule budget;
    double realised = 1;
    double response = 1.25, full_effort = 0.1;
    Eligibility eligible;

    static constexpr void describe(auto& l, auto&& field) {
        using sim::Field, sim::text_field;
        using enum sim::Prior::Shape;
        field(Field{"budget", "1e8 CNY/year", 0, 100, "Money spent a year"}, l.budget);
        field(Field{"response", "1", 1, 10, "Projects at full effort, over without"}
                  .from("model A 4.1")
                  .uncertain(lognormal, 1.0, 2.0),
              l.response);
        field(Field{"full_effort", "1e8 CNY/year", 0.001, 100, "Spending at which the response has reached 63 %"}.from(
                  "model A 4.1, assumption"),
              l.full_effort);
        field(Field{"realised", "1", 0, 10, "Share of the budget that is really there"}, l.realised);
        field(text_field("eligible", "Who may receive"), l.eligible);
    }
};

struct Config;
struct State;
void run(const Attraction&, const Config&, sim::Draws, int step, State&);

}  // namespace growth
