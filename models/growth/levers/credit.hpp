// 6c, special loans and guarantees: they raise the bound on debt, mostly of small firms, and the risk of default.
#pragma once

#include "models/growth/levers/lever.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct Credit {
    static constexpr LeverFacts facts = {.id = "6c",
                                         .key = "credit",
                                         .name = "Credit and guarantees",
                                         .name_zh = "金融扶持",
                                         .section = "四(六)",
                                         .works_on = "Cost and availability of loans",
                                         .grade = 'A',
                                         .source = "Banerjee, Duflo 2014; Lelarge, Sraer, Thesmar 2010"};

    sim::Schedule volume;
    double realised = 1;
    double loan_ratio = 0.15, incremental_share = 0.5, interest_subsidy = 0.01, loss_rate = 0.045, scale = 10,
           term_years = 3;
    Eligibility eligible;

    static constexpr void describe(auto& l, auto&& field) {
        using sim::Field, sim::text_field;
        using enum sim::Prior::Shape;
        field(Field{"volume", "1e8 CNY", 0, 10000, "Guaranteed loans outstanding"}, l.volume);
        field(Field{"loan_ratio", "year", 0.001, 3, "Guaranteed loan of one firm over its sales"}.from(
                  "model A 6.6-6.9: 0.06-0.12 of sales"),
              l.loan_ratio);
        field(Field{"incremental_share", "1", 0, 1, "Share of a guaranteed loan that a bank would not have given"}
                  .from("model A 6.9")
                  .uncertain(logitnormal, 0.3, 0.75),
              l.incremental_share);
        field(Field{"interest_subsidy", "1/year", 0, 0.2, "Interest paid for the firm"}.from("model A 6.6: 1 point"),
              l.interest_subsidy);
        field(Field{"loss_rate", "1/year", 0, 0.5, "Loss and fee a year over the loans outstanding"}.from(
                  "model A 6.9: 3-6 %"),
              l.loss_rate);
        field(Field{"scale", "1e8 CNY", 0.1, 10000, "Volume at which the incremental share has halved"}.from(
                  "Lelarge, Sraer, Thesmar: not scalable"),
              l.scale);
        field(Field{"term_years", "year", 0.25, 20, "Mean term of a loan"}.from("assumption"), l.term_years);
        field(Field{"realised", "1", 0, 10, "Share of the volume that is really there"}, l.realised);
        field(text_field("eligible", "Who may receive"), l.eligible);
    }
};

// (E40) share of a guaranteed loan that is new credit: s / (1 + V / V_0)        [model A 6.9]
inline double incremental_credit(double share, double volume, double scale) {
    return share / (1 + volume / scale);
}

struct Config;
struct State;
void run(const Credit&, const Config&, sim::Draws, int step, State&);

}  // namespace growth
