// Special and guaranteed loans to selected firms: they raise the bound on debt, cost the public losses and interest,
// and raise the risk of default.
#pragma once

#include <optional>
#include <string_view>

#include "models/growth/policy/component.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct Credit : FirmComponent {
    static constexpr std::string_view table = "credits", about = "Loans to selected firms";

    double share, loan_ratio, incremental_share, scale, interest_subsidy, loss_rate, term_years;

    [[nodiscard]] std::optional<Dose> shares() const { return Dose::loans; }

    Credit();
    void describe(const sim::Members& member);
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
