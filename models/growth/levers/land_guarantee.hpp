// 7c, the land guarantee: new industrial land goes mainly to these industries.
#pragma once

#include "models/growth/levers/lever.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct LandGuarantee {
    static constexpr LeverFacts facts = {.id = "7c",
                                         .key = "land_guarantee",
                                         .name = "Land guarantee",
                                         .name_zh = "用地保障",
                                         .section = "四(七)",
                                         .works_on = "Room for capital",
                                         .grade = 'C',
                                         .source = "He, Nelson, Su, Zhang, Zhang 2022; land bulletins"};

    sim::Schedule share;
    double realised = 1;
    double development_cost = 0.0045;
    Eligibility eligible;

    static constexpr void describe(auto& l, auto&& field) {
        using sim::Field, sim::text_field;
        using enum sim::Prior::Shape;
        field(Field{"share", "1", 0, 1, "Share of new industrial land added to the normal share"}, l.share);
        field(Field{"development_cost", "1e8 CNY/mu", 0, 0.1, "Public cost of serving a mu, less its price"}
                  .from("model A 5.1: 0.3-0.6 million yuan")
                  .uncertain(lognormal, 0.003, 0.006),
              l.development_cost);
        field(Field{"realised", "1", 0, 10, "Share of the share that is really there"}, l.realised);
        field(text_field("eligible", "Who may receive"), l.eligible);
    }
};

struct Config;
struct State;
void run(const LandGuarantee&, const Config&, sim::Draws, int step, State&);

}  // namespace growth
