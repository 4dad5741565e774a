// Money: profit, tax, interest, borrowing and what is paid out. Every flow has a column, so that books can be checked.
#pragma once

#include <type_traits>

#include "models/growth/parameters/accounts.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"

namespace growth {

// (E11) operating surplus a year: V - w L - o P Q - R        [model B.6]        V: value added, o: overheads over output
template <class T>
T operating_surplus(T value_added, T overheads, T labour, T research, double wage) {
    return value_added - wage * labour - overheads - research;
}

// (E12) income tax a year: tau max(0, surplus - interest - depreciation); 15 % for high-tech status        [model B.6]
template <class T>
T income_tax(const AccountParameters& p, T surplus, T interest, T depreciation, T high_tech) {
    const T base = sim::max(surplus - interest - depreciation, T(0));
    return (p.tax_rate + (p.high_tech_tax_rate - p.tax_rate) * high_tech) * base;
}

// (E102) tax that the rate for high-tech firms forgoes a year: (tau - tau_h) max(0, surplus - interest - depreciation)
template <class T>
T tax_relief(const AccountParameters& p, T surplus, T interest, T depreciation, T high_tech) {
    return (p.tax_rate - p.high_tech_tax_rate) * high_tech * sim::max(surplus - interest - depreciation, T(0));
}

// (E99) dependence on the city's banks: d for firms of many workers, which also borrow elsewhere, 1 for the others
//       [no effect of its banks' health can be told at firms of 1,000 workers and more: Chodorow-Reich 2014]
template <class T>
T bank_dependence(const AccountParameters& p, T labour) {
    return sim::select(labour >= T(p.large_workers), T(p.large_dependence), T(1));
}

// (E13) credit limit: t' [S (L_s + (L_l - L_s) S / (S + S_half) + L_p) + G],   t' = 1 - d (1 - t)
//       [model B.7, form F8]        G: guaranteed loans; L_p: what policy adds, or takes away times d, but not below 0;
//       t: tightness of credit; d: dependence on the city's banks, (E99)
template <class T>
struct Borrower {
    T sales{}, guaranteed{}, added{}, dependence{};
};
template <class T>
T credit_limit(const AccountParameters& p, const Borrower<T>& x, double tightness) {
    const double small = p.credit_limit_small, large = p.credit_limit_large, half = p.credit_size_middle;
    const T added = sim::select(x.added < T(0), x.dependence * x.added, x.added);
    const T ratio = sim::max(small + (large - small) * (x.sales / (x.sales + half)) + added, T(0));
    return (1 - x.dependence * (1 - tightness)) * (x.sales * ratio + x.guaranteed);
}

// (E50) tightness: what banks can lend to the city's firms over what these owe, L / B, at most 1
inline double credit_tightness(double lendable, double debt) {
    return debt > 0 ? sim::clamp(lendable / debt, 0.0, 1.0) : 1.0;
}

// (E82) what banks can lend t years after the start: e^(g t) (B_0 + m X_0) - m X, not below 0
//       X: losses by failed firms of late, X_0: the same at the start, usual where lending grows by g; m: lending
//       withdrawn for a unit of money lost; grown: e^(g t)        [bank capital: Peek, Rosengren 1997]
inline double lendable(double first_debt, double first_losses, double losses, double multiple, double grown) {
    return sim::max(grown * (first_debt + multiple * first_losses) - multiple * losses, 0.0);
}

struct Config;
struct State;
struct Block;
// Debt of firms that the city's banks carry, each firm's by its dependence on them.
double local_debt(const Config&, State&);
void settle(const Config&, int step, State&, const Block&);

}  // namespace growth
