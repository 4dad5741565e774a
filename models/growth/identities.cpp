// What must hold after every step, whatever happened: stocks equal flows, parts equal totals, births balance deaths;
// every number is one, and no stock lies below zero.
#include <algorithm>
#include <cmath>
#include <concepts>
#include <string>

#include <fmt/format.h>

#include "models/growth/books.hpp"
#include "models/growth/by_field.hpp"
#include "models/growth/config.hpp"
#include "models/growth/loops.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/sites.hpp"
#include "models/growth/production.hpp"
#include "models/growth/state.hpp"
#include "sim/describe/errors.hpp"
#include "sim/math/sum.hpp"

namespace growth {

namespace {

constexpr double tolerance = 1e-9;  // of the larger side; rounding of some ten thousand additions stays below

bool equal(double left, double right, double scale) {
    return sim::abs(left - right) <= tolerance * sim::max(scale, 1.0);
}

// What is to be equal is put into words only where it is not.
template <std::invocable Identity>
void require_equal(Identity&& identity, double left, double right, double scale) {
    if (!equal(left, right, scale))
        throw sim::InvariantError(fmt::format("{}: {:.17g} against {:.17g}", identity(), left, right));
}
void require_equal(const char* identity, double left, double right, double scale) {
    require_equal([identity] { return identity; }, left, right, scale);
}

// Errors of a block's money and capital, closing stock = opening stock + flows, and what they are measured by.
struct Errors {
    double cash = 0, debt = 0, capital = 0, sold = 0, turnover = 0, fixed = 0;
    double least = 0;   // of all stocks and levels that cannot lie below zero
    double others = 0;  // sum of what no other sum holds: finite where they are
};

// Summed so that one firm's error cannot hide in another's rounding.
Errors errors_of(const Config& c, const State& s, const Block& block, double worn) {
    const auto& p = c.parameters.production;
    const auto& f = s.firms;
    const auto price = by_field(s, s.cells[block.cell], &FieldState::price);
    sim::LaneSum cash, debt, capital, turnover, sold, fixed, others;
    sim::Pack least(0.0);
    sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
        const auto flows = f.surplus(at) - f.interest(at) - f.tax(at) + f.grants(at) + f.equity(at) + f.borrowed(at) -
                           f.investment(at) - f.land_cost(at) - f.payout(at);
        cash.add(at, sim::abs(f.cash(at) - f.opening_cash(at) - flows));
        debt.add(at, sim::abs(f.debt(at) - f.opening_debt(at) - f.borrowed(at)));
        capital.add(at, sim::abs(f.capital(at) - (1 - worn) * f.opening_capital(at) - f.completed(at)));
        turnover.add(at, sim::abs(f.cash(at)) + sim::abs(f.opening_cash(at)) + f.sales(at) + f.debt(at) +
                             f.opening_debt(at) + f.investment(at));
        const auto dearest = relative_price(f.price_wedge(at), sim::Pack(1.0), p.utilisation_normal, p.price_response);
        sold.add(at, sim::max(f.sales(at) - f.output(at) * price(at) * dearest, sim::Pack(0.0)));
        fixed.add(at, f.capital(at) + f.opening_capital(at));
        const auto own = sim::min(sim::min(f.capital(at), f.debt(at)), sim::min(f.sales(at), f.labour(at))),
                   planned = sim::min(sim::min(f.under_way(at), f.order(at)),
                                      sim::min(f.land(at), sim::min(f.demand(at), f.backlog(at)))),
                   known = sim::min(sim::min(f.knowledge(at), f.research(at)), f.guaranteed(at));
        least = sim::min(least, sim::min(sim::min(own, planned), known));
        others.add(at, f.demand(at) + f.backlog(at) + f.price_wedge(at) + f.labour(at) + f.under_way(at) + f.order(at) +
                           f.guaranteed(at) + f.research_fund(at) + f.efficiency(at) + f.transitory(at) +
                           f.patents_reported(at));
    });
    double lowest = 0;
    for (std::size_t lane = 0; lane < sim::Pack::size(); ++lane) lowest = sim::min(lowest, double(least[lane]));
    return {cash.total(),     debt.total(),  capital.total(), sold.total(),
            turnover.total(), fixed.total(), lowest,          others.total()};
}

// In words: the first column of a cell's firms that holds what it cannot. Looked for only where there is one.
std::string stock_below_zero(const Config& c, const State& s, const Cell& cell) {
    const auto& f = s.firms;
    std::string found = "a stock of firms";
    const auto look = [&](const char* what, const sim::Column& column, bool may_be_negative = false) {
        for_each_living(s, cell, [&](sim::Index row) {
            const double value = column(row);
            if (!std::isfinite(value) || (value < 0 && !may_be_negative))
                found = fmt::format("{} = {:.6g}", what, value);
        });
    };
    look("efficiency", f.efficiency, true), look("transitory efficiency", f.transitory, true);
    look("R&D grants", f.research_fund, true), look("patents", f.patents_reported), look("R&D", f.research);
    look("guaranteed loans", f.guaranteed), look("R&D stock", f.knowledge), look("demand", f.demand);
    look("orders waiting", f.backlog), look("price", f.price_wedge, true);
    look("land", f.land), look("expansion", f.order), look("capital under way", f.under_way);
    look("labour", f.labour), look("sales", f.sales), look("debt", f.debt), look("capital", f.capital);
    return fmt::format("{} of a firm of {} at {} is no such number", found, c.industries[cell.industry].key,
                       c.places[cell.place].key);
}

void check_block(const Config& c, const State& s, const Block& block, double worn) {
    const auto error = errors_of(c, s, block, worn);
    const auto require_none = [&](std::string_view identity, double sum, double scale) {
        const auto words = [&] {
            const Cell& cell = s.cells[block.cell];
            return fmt::format("{} of {} at {}", identity, c.industries[cell.industry].key, c.places[cell.place].key);
        };
        require_equal(words, sum, 0, scale);
    };
    require_none("cash", error.cash, error.turnover);
    require_none("debt", error.debt, error.turnover);
    require_none("capital", error.capital, error.fixed);
    require_none("sales beyond output", error.sold, error.turnover);
    if (error.least < 0 || !std::isfinite(error.others))
        throw sim::InvariantError(stock_below_zero(c, s, s.cells[block.cell]));
}

// What levers paid in cash; all of it must have gone somewhere, and come out of a budget or beyond one.
double check_ledger(const Config& c, const State& s) {
    double received = 0;
    for (std::size_t k = 0; k < s.policy.levers.size(); ++k) {
        const auto& lever = s.policy.levers[k];
        const bool is_budget = std::all_of(lever.dose.begin(), lever.dose.end(),
                                           [](double dose) { return dose >= 0 && dose < sim::infinity; });
        if (!is_budget) throw sim::InvariantError(fmt::format("a dose of {} below zero", c.levers[k].key));
    }
    for (std::size_t k = 0; k < s.policy.components->of<Site>().size(); ++k)
        if (!(s.policy.components->of<Site>()[k].fund >= -tolerance))
            throw sim::InvariantError(fmt::format("the fund of {} below zero", c.components->of<Site>()[k].key));
    for (std::size_t k = 0; k < s.policy.levers.size(); ++k) {
        const auto about = [&key = c.levers[k].key](const char* text) {
            return [&key, text] { return fmt::format(fmt::runtime(text), key); };
        };
        const auto& [allotted, beyond, lapsed, waiting, was_waiting, asked, forgone, loans] =
            s.policy.levers[k].account;
        double money = 0;
        for (const auto& row : s.policy.levers[k].ledger) {
            require_equal(about("what {} paid and where it went"), row.money + row.joined,
                          row.received + row.leaked + row.services, row.money + row.joined);
            money += row.money;
            received += row.received;
        }
        require_equal(about("the budget of {}"), was_waiting + allotted + beyond, money + lapsed + waiting,
                      was_waiting + allotted + beyond);
        double spent = s.policy.levers[k].in_no_place;
        for (const auto& place : s.policy.levers[k].in_place) spent += place.money;
        require_equal(about("what {} paid and in which places"), spent, money, money);
        if (!(forgone + loans <= beyond * (1 + tolerance)))
            throw sim::InvariantError(
                fmt::format("taxes and loans of {} cost more than it paid beyond its budget", c.levers[k].key));
        if (!(allotted <= asked * (1 + tolerance)))
            throw sim::InvariantError(
                fmt::format("{} was allotted {} of the {} it asked for", c.levers[k].key, allotted, asked));
    }
    return received;
}

}  // namespace

namespace {

void check_fields(const Config& c, const State& s) {
    std::size_t k = 0;
    for (std::size_t i = 0; i < s.industries.size(); ++i) {
        double by_field = 0, by_cell = 0;
        for (; k < s.fields.size() && s.fields[k].industry == i; ++k) by_field += s.fields[k].output;
        for (const Cell& cell : s.cells)
            if (cell.industry == i) by_cell += cell.now.output;
        const auto words = [&] { return fmt::format("output of the fields of {}", c.industries[i].key); };
        require_equal(words, by_field, by_cell, by_cell);
    }
}

}  // namespace

void check_books(const Config& c, const State& s) {
    double firms = 0, before = 0;
    const double worn = 1 - sim::exp(-c.parameters.investment.depreciation * s.clock.dt());
    for_each_block(s, [&](std::size_t, const Block& block) { check_block(c, s, block, worn); });
    check_fields(c, s);
    for (const Cell& cell : s.cells) {
        firms += cell.now.firms;
        before += cell.before.firms;
    }
    double entries = 0;
    for (const double count : s.demography.entries) entries += count;
    const auto& d = s.demography;
    require_equal("number of firms", firms, before + entries - d.closures - d.bankruptcies - d.mergers, 1);

    const double received = check_ledger(c, s);
    require_equal("what levers paid and firms received", received, s.policy.received_by_firms, received);
    for (const double land : s.land_reserve)
        if (!(land >= -tolerance)) throw sim::InvariantError("more land was given than there is");
}

}  // namespace growth
