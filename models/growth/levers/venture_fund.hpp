// 6b, the venture-capital guidance fund: public money that draws private equity into growing and young firms.
#pragma once

#include "models/growth/levers/lever.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct VentureFund {
    static constexpr LeverFacts facts = {.id = "6b",
                                         .key = "venture_fund",
                                         .name = "Venture-capital guidance fund",
                                         .name_zh = "创业投资引导基金",
                                         .section = "四(六)",
                                         .works_on = "Equity of young and growing firms",
                                         .grade = 'C',
                                         .source = "Guo, Jiang 2013; Colonnelli, Li, Liu 2024"};

    sim::Schedule budget;
    double realised = 1;
    double leverage = 1.5, deal_size = 0.3, efficiency_gain = 0.03, adverse_selection = 0.3;
    Eligibility eligible;

    static constexpr void describe(auto& l, auto&& field) {
        using sim::Field, sim::text_field;
        using enum sim::Prior::Shape;
        field(Field{"budget", "1e8 CNY/year", 0, 1000, "Public money invested a year"}, l.budget);
        field(Field{"leverage", "1", 0, 20, "Private money that joins a yuan of public money"}
                  .from("model A 6.3, assumption")
                  .uncertain(lognormal, 0.5, 3),
              l.leverage);
        field(Field{"deal_size", "1e8 CNY", 0.001, 100, "Median equity of one deal"}.from("model A 3.4"), l.deal_size);
        field(Field{"efficiency_gain", "1", -0.2, 0.5, "Gain of efficiency of a backed firm"}
                  .from("Guo, Jiang 2013: mostly screening")
                  .uncertain(normal, 0.0, 0.08),
              l.efficiency_gain);
        field(Field{"adverse_selection", "1", 0, 2,
                    "How much the best firms shun public investors, per standard deviation of efficiency"}
                  .from("Colonnelli, Li, Liu 2024"),
              l.adverse_selection);
        field(Field{"realised", "1", 0, 10, "Share of the budget that is really there"}, l.realised);
        field(text_field("eligible", "Who may receive"), l.eligible);
    }
};

struct Config;
struct State;
void run(const VentureFund&, const Config&, sim::Draws, int step, State&);

}  // namespace growth
