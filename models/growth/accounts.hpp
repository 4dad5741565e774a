// Money: profit, tax, interest, borrowing and what is paid out. Every flow has a column, so that books can be checked.
#pragma once

#include <type_traits>

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"

namespace growth {

struct AccountParameters {
    double tax_rate = 0.25, high_tech_tax_rate = 0.15, lending_spread = 0.015;
    double credit_limit_small = 0.35, credit_limit_large = 0.6, credit_size_middle = 2.0;
    double buffer = 0.05, repayment_rate = 0.5, payout_rate = 0.6, lending_growth = 0.25;

    static constexpr void describe(auto& p, auto&& member) {
        using sim::Spec;
        using enum sim::Prior::Shape;
        member(Spec{"tax_rate", "1", 0, 1, "Corporate income tax"}.from("law"), p.tax_rate);
        member(Spec{"high_tech_tax_rate", "1", 0, 1, "Corporate income tax of recognised high-tech firms"}.from("law"),
               p.high_tech_tax_rate);
        member(Spec{"lending_spread", "1/year", 0, 0.3, "What private firms pay above the lending rate"}
                   .chinese("贷款利差")
                   .from("assumption")
                   .uncertain(normal, 0.005, 0.025),
               p.lending_spread);
        member(Spec{"credit_limit_small", "year", 0, 3, "Highest debt over sales of a small firm"}
                   .chinese("小企业贷款上限")
                   .from("model B.7: 0.45 private small")
                   .uncertain(normal, 0.25, 0.45),
               p.credit_limit_small);
        member(Spec{"credit_limit_large", "year", 0, 3, "Highest debt over sales of a large firm"}
                   .chinese("大企业贷款上限")
                   .from("model B.7")
                   .uncertain(normal, 0.5, 0.7),
               p.credit_limit_large);
        member(Spec{"credit_size_middle", "1e8 CNY/year", 0.01, 1000, "Sales at which the limit lies half-way"}.from(
                   "assumption"),
               p.credit_size_middle);
        member(Spec{"buffer", "year", 0, 1, "Cash over sales that firms keep"}.from("assumption"), p.buffer);
        member(Spec{"repayment_rate", "1/year", 0, 10, "Speed at which debt above the target is repaid"}.from(
                   "assumption"),
               p.repayment_rate);
        member(
            Spec{"payout_rate", "1/year", 0, 10, "Share of spare cash a year that owners take out"}.from("assumption"),
            p.payout_rate);
        member(Spec{"lending_growth", "1/year", -0.2, 1, "Growth of what banks can lend to these industries at most"}
                   .chinese("贷款增速上限")
                   .from("assumption: loans grew by 15-30 % a year in 2009-2011")
                   .uncertain(normal, 0.18, 0.32),
               p.lending_growth);
    }
};

// (E11) operating surplus a year: v P Q - w L - o P Q - R        [model B.6]        v: of the moment, see (E65)
//       margin: v - o
template <class T>
T operating_surplus(T value, T labour, T research, std::type_identity_t<T> margin, double wage) {
    return margin * value - wage * labour - research;
}

// (E12) income tax a year: tau max(0, surplus - interest - depreciation); 15 % for high-tech status        [model B.6]
template <class T>
T income_tax(const AccountParameters& p, T surplus, T interest, T depreciation, T high_tech) {
    const T base = sim::max(surplus - interest - depreciation, T(0));
    return (p.tax_rate + (p.high_tech_tax_rate - p.tax_rate) * high_tech) * base;
}

// (E13) credit limit: t [S (L_s + (L_l - L_s) S / (S + S_half) + L_p) + G]        [model B.7, form F8]
//       G: guaranteed loans; L_p: what policy adds, or takes away, but not below 0; t: tightness of credit
template <class T>
T credit_limit(const AccountParameters& p, T sales, T guaranteed, T added, double tightness) {
    const double small = p.credit_limit_small, large = p.credit_limit_large, half = p.credit_size_middle;
    const T ratio = sim::max(small + (large - small) * (sales / (sales + half)) + added, T(0));
    return tightness * (sales * ratio + guaranteed);
}

// (E50) tightness: what banks can lend to the city's firms over what these owe, B_0 e^(g t) / B, at most 1
inline double credit_tightness(double first_debt, double growth, double years, double debt) {
    return debt > 0 ? sim::min(first_debt * sim::exp(growth * years) / debt, 1.0) : 1.0;
}

struct Config;
struct State;
struct Block;
void settle(const Config&, int step, State&, const Block&);

}  // namespace growth
