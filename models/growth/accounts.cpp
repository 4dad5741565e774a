#include "models/growth/accounts.hpp"

#include "models/growth/books.hpp"
#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/policy/effects.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

double interest_rate(const Config& c, int step, const State& s) {
    const auto& path = c.macro[c.macro.index_of(c.scenario.macro)];
    const double lending = s.clock.in_burn_in(step) ? c.parameters.investment.normal_lending_rate
                                                    : path.lending_rate.at(s.clock.time(step));
    return lending + c.parameters.accounts.lending_spread;
}

}  // namespace

double local_debt(const Config& c, State& s) {
    const auto p = c.parameters.accounts;
    return sum_over_rows(
        s, [&p, &f = s.firms](sim::Lanes at) { return bank_dependence(p, sim::Pack(f.labour(at))) * f.debt(at); });
}

void open_books(const Config& c, int step, State& s) {
    const auto& p = c.parameters.accounts;
    auto& f = s.firms;
    s.city.bank_losses *= sim::exp(-s.clock.dt() / p.loss_memory);
    if (s.clock.opens_year(step)) s.city.year_losses = 0;
    if (!s.clock.in_burn_in(step)) {
        const double years = s.clock.time(step) - static_cast<double>(c.scenario.start_year);
        s.city.credit_tightness = credit_tightness(lendable(s.baseline.debt, s.baseline.bank_losses, s.city.bank_losses,
                                                            p.loss_multiple, sim::exp(p.lending_growth * years)),
                                                   local_debt(c, s));
    }
    s.city.interest_rate = interest_rate(c, step, s);
    const double remembered = sim::exp(-s.clock.dt());
    s.demography = {};
    for_each_block(s, [&](const Block& block) {
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            f.opening_cash[at] = f.cash(at);
            f.opening_debt[at] = f.debt(at);
            f.opening_capital[at] = f.capital(at);
            f.grants[at] = sim::Pack(0.0);
            f.refunds[at] = sim::Pack(0.0);
            f.equity[at] = sim::Pack(0.0);
            f.support[at] *= sim::Pack(remembered);
        });
    });
}

void settle(const Config& c, int, State& s, const Block& block) {
    const auto p = c.parameters.accounts;
    const double h = s.clock.dt(), rate = s.city.interest_rate;
    const double overheads = c.parameters.production.other_cost / c.parameters.production.sales_ratio;
    const double wage = s.city.wage * s.places[s.cells[block.cell].place].wage_premium;
    const double interest_cut = s.policy.interest_cut, credit_value = interest_cut + s.policy.guarantee_value,
                 tightness = s.city.credit_tightness;
    const ByTier help = s.policy.effects.of(Channel::credit_limit, block.cell);
    const double worn_share = c.parameters.investment.depreciation * s.city.capital_price,
                 price_of_plant = s.city.capital_price;
    const double repaid = 1 - sim::exp(-p.repayment_rate * h), paid_out = 1 - sim::exp(-p.payout_rate * h);
    auto& f = s.firms;

    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto alive = f.alive(at), open = alive - f.founding(at), sales = f.sales(at), debt = f.debt(at);
        const auto surplus =
            operating_surplus(f.value_added(at) / h, overheads * sales, f.labour(at), f.research(at), wage);
        const auto guaranteed = sim::min(f.guaranteed(at), debt);
        const auto interest = rate * debt - interest_cut * guaranteed;
        f.support[at] += h * credit_value * guaranteed;
        const auto tax = income_tax(p, surplus, interest, worn_share * f.opening_capital(at), f.high_tech(at));
        f.wages[at] = h * wage * f.labour(at);
        f.surplus[at] = surplus * h;
        f.interest[at] = interest * h;
        f.tax[at] = tax * h;
        const auto cash = f.cash(at) + (surplus - interest - tax) * h + f.grants(at) + f.equity(at) - f.investment(at) -
                          f.land_cost(at);

        // What is missing is borrowed up to the limit; what is spare repays debt above half the limit, then owners.
        const auto limit = credit_limit<sim::Pack>(p,
                                                   {.sales = sales,
                                                    .guaranteed = f.guaranteed(at),
                                                    .added = help(f.tier(at)),
                                                    .dependence = bank_dependence(p, f.labour(at))},
                                                   tightness);
        const auto buffer = p.buffer * sales;
        const auto missing = sim::max(buffer - cash, sim::Pack(0.0));
        const auto spare = sim::max(cash - buffer, sim::Pack(0.0));
        const auto loan = sim::min(missing, sim::max(limit - debt, sim::Pack(0.0)));
        const auto repayment = sim::min(spare, repaid * sim::max(debt - 0.5 * limit, sim::Pack(0.0)));
        const auto borrowed = alive * (loan - repayment);
        const auto payout =
            open * paid_out * sim::max(spare - repayment - price_of_plant * f.under_way(at), sim::Pack(0.0));
        f.borrowed[at] = borrowed;
        f.payout[at] = payout;
        f.debt[at] = debt + borrowed;
        f.cash[at] = cash + borrowed - payout;
    });
}

}  // namespace growth
