// 1a, public technology-innovation platforms: they help the small firms of a cluster to search and to imitate.
#pragma once

#include "models/growth/levers/lever.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct Platforms {
    static constexpr LeverFacts facts = {.id = "1a",
                                         .key = "platforms",
                                         .name = "Public technology-innovation platforms",
                                         .name_zh = "公共技术创新服务平台",
                                         .section = "四(一)",
                                         .works_on = "R&D productivity in a cluster",
                                         .grade = 'C',
                                         .source = "Fukugawa 2025; Ito, Li, Wang 2014; Falck, Heblich, Kipar 2010"};

    sim::Schedule budget;
    double realised = 1;
    double cost = 0.3, running_cost = 0.05, build_years = 1.0, imitation_factor = 1.25, own_research_factor = 0.95;
    Eligibility eligible;

    static constexpr void describe(auto& l, auto&& field) {
        using sim::Field, sim::text_field;
        using enum sim::Prior::Shape;
        field(Field{"budget", "1e8 CNY/year", 0, 100, "Money spent a year"}, l.budget);
        field(Field{"cost", "1e8 CNY", 0.001, 10, "Cost of building one platform"}.from("model A 1.1, assumption"),
              l.cost);
        field(Field{"running_cost", "1e8 CNY/year", 0, 10, "Cost of running one platform"}.from(
                  "model A 1.1, assumption"),
              l.running_cost);
        field(Field{"build_years", "year", 0, 10, "Time to build"}.from("model A 1.1"), l.build_years);
        field(Field{"imitation_factor", "1", 1, 5, "Chance to imitate with a platform, over without"}
                  .from("model A 1.1")
                  .uncertain(lognormal, 1.0, 1.6),
              l.imitation_factor);
        field(Field{"own_research_factor", "1", 0.5, 1.2, "R&D of users, over without"}
                  .from("Falck, Heblich, Kipar 2010: -19 %, shrunk")
                  .uncertain(normal, 0.8, 1.0),
              l.own_research_factor);
        field(Field{"realised", "1", 0, 10, "Share of the budget that is really there"}, l.realised);
        field(text_field("eligible", "Who may receive"), l.eligible);
    }
};

struct Config;
struct State;
void run(const Platforms&, const Config&, sim::Draws, int step, State&);

}  // namespace growth
