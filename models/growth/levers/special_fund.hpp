// 6a, the special development fund: grants for R&D and equipment, and awards. Part of the money is misused.
#pragma once

#include "models/growth/levers/lever.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct SpecialFund {
    static constexpr LeverFacts facts = {
        .id = "6a",
        .key = "special_fund",
        .name = "Special development fund",
        .name_zh = "专项资金",
        .section = "四(六)",
        .works_on = "Grants to firms",
        .grade = 'B',
        .source = "Boeing, Peters 2022; Branstetter, Li, Ren 2022; Criscuolo et al. 2019"};

    sim::Schedule budget;
    double realised = 1;
    double research_share = 0.4, equipment_share = 0.4, grant_size = 0.02, misuse = 0.45;
    double additionality_small = 1.05, additionality_large = 0.6, investment_small = 0.5, investment_large = 0.1,
           large_sales = 4.0, spending_years = 1.5;
    Eligibility eligible;

    static constexpr void describe(auto& l, auto&& field) {
        using sim::Field, sim::text_field;
        using enum sim::Prior::Shape;
        field(
            Field{.name = "budget", .unit = "1e8 CNY/year", .lower = 0, .upper = 1000, .text = "Money paid out a year"},
            l.budget);
        field(Field{"research_share", "1", 0, 1, "Share of the money granted for R&D"}, l.research_share);
        field(Field{"equipment_share", "1", 0, 1, "Share granted for equipment; what is left are awards in cash"},
              l.equipment_share);
        field(Field{"grant_size", "1e8 CNY", 0.0001, 10, "Size of one grant"}.from("assumption: 2 million yuan"),
              l.grant_size);
        field(Field{"misuse", "1", 0, 1, "Share of a grant that is misused"}
                  .from("Boeing, Peters 2022: 53 % of the money 2001-2011")
                  .uncertain(logitnormal, 0.25, 0.6),
              l.misuse);
        field(Field{"additionality_small", "1", -1, 3, "R&D added per yuan honestly spent by a small firm"}
                  .from("model A.0")
                  .uncertain(normal, 0.7, 1.4),
              l.additionality_small);
        field(Field{"additionality_large", "1", -1, 3, "R&D added per yuan honestly spent by a large firm"}
                  .from("model A.0")
                  .uncertain(normal, 0.1, 1.0),
              l.additionality_large);
        field(Field{"investment_small", "1", 0, 2,
                    "Equipment ordered per yuan of equipment grant honestly used by a small firm"}
                  .from("Criscuolo et al. 2019, shrunk")
                  .uncertain(normal, 0.1, 0.9),
              l.investment_small);
        field(Field{"investment_large", "1", 0, 2, "The same of a large firm"}
                  .from("Criscuolo et al. 2019: none")
                  .uncertain(normal, 0.0, 0.2),
              l.investment_large);
        field(Field{"large_sales", "1e8 CNY/year", 0, 1000, "Sales from which a firm is large here"}.from(
                  "statistical definition of large and medium firms"),
              l.large_sales);
        field(Field{"spending_years", "year", 0.1, 10, "Mean time in which an R&D grant is spent"}.from(
                  "model A 6.1: 6 quarters"),
              l.spending_years);
        field(Field{"realised", "1", 0, 10, "Share of the budget that is really there"}, l.realised);
        field(text_field("eligible", "Who may receive"), l.eligible);
    }
};

// (E39) R&D added by a grant: a (1 - m) G, a by size        [form F4]
inline double research_added(double grant, double misuse, double additionality) {
    return additionality * (1 - misuse) * grant;
}

struct Config;
struct State;
void run(const SpecialFund&, const Config&, sim::Draws, int step, State&);

}  // namespace growth
