// Special and guaranteed loans to selected firms: they raise the bound on debt, cost the public losses and interest,
// and raise the risk of default.
#pragma once

#include <optional>
#include <string_view>

#include "models/growth/policy/component.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct Credit : Component {
    static constexpr std::string_view table = "credits", about = "Loans to selected firms";

    double share = 1, loan_ratio = 0.15, incremental_share = 0.5, scale = 10, interest_subsidy = 0, loss_rate = 0,
           term_years = 3;

    [[nodiscard]] std::optional<Dose> shares() const { return Dose::loans; }

    static constexpr void describe(auto& l, auto&& member) {
        using sim::Spec;
        describe_component(l, member);
        member(Spec{"share", "1", 0, 1, "Share of the lever's loans"}, l.share);
        member(Spec{"loan_ratio", "year", 0.001, 3, "Loan of one firm over its sales"}, l.loan_ratio);
        member(Spec{"incremental_share", "1", 0, 1, "Share of a loan that no bank would have given"}.chinese(
                   "新增贷款比例"),
               l.incremental_share);
        member(Spec{"scale", "1e8 CNY", 0.1, 1e4, "Volume at which that share has halved"}, l.scale);
        member(Spec{"interest_subsidy", "1/year", 0, 0.2, "Interest paid for the firm"}, l.interest_subsidy);
        member(Spec{"loss_rate", "1/year", 0, 0.5, "Public loss and fee a year over the loans outstanding"},
               l.loss_rate);
        member(Spec{"term_years", "year", 0.25, 20, "Mean term of a loan"}, l.term_years);
    }
};

struct CreditState {
    double outstanding = 0;
};

// (E40) share of a guaranteed loan that is new credit: s / (1 + V / V_0)        [model A 6.9]
inline double incremental_credit(double share, double volume, double scale) {
    return share / (1 + volume / scale);
}

struct Config;
struct State;
CreditState found(const Config&, const State&, const Credit&);
void guarantee_loans(const Config&, sim::Draws, int step, State&);

}  // namespace growth
