// What must hold after every step, whatever happened: stocks equal flows, parts equal totals, births balance deaths.
#include <fmt/format.h>

#include "models/growth/books.hpp"
#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "sim/describe/errors.hpp"
#include "sim/math/sum.hpp"

namespace growth {

namespace {

constexpr double tolerance = 1e-9;  // of the larger side; rounding of some ten thousand additions stays below

void require_equal(std::string_view identity, double left, double right, double scale) {
    if (!(sim::abs(left - right) <= tolerance * sim::max(scale, 1.0)))
        throw sim::InvariantError(fmt::format("{}: {:.17g} against {:.17g}", identity, left, right));
}

// One cell's money and capital: closing stock = opening stock + flows, summed so that a lane's error cannot hide in a
// larger one's rounding.
void check_cell(const Config& c, const State& s, const Cell& cell) {
    const auto& f = s.firms;
    const double worn = 1 - sim::exp(-c.parameters.investment.depreciation * s.clock.dt());
    sim::LaneSum cash, debt, capital, turnover, sold, fixed;
    sim::for_each_lanes(cell.rows, [&](sim::Lanes at) {
        const auto flows = f.surplus(at) - f.interest(at) - f.tax(at) + f.grants(at) + f.equity(at) + f.borrowed(at) -
                           f.investment(at) - f.land_cost(at) - f.payout(at);
        cash.add(at, sim::abs(f.cash(at) - f.opening_cash(at) - flows));
        debt.add(at, sim::abs(f.debt(at) - f.opening_debt(at) - f.borrowed(at)));
        capital.add(at, sim::abs(f.capital(at) - (1 - worn) * f.opening_capital(at) - f.completed(at)));
        turnover.add(at, sim::abs(f.cash(at)) + f.sales(at) + f.debt(at) + f.investment(at));
        sold.add(at, sim::max(f.sales(at) - f.output(at) * s.industries[cell.industry].price, sim::Pack(0.0)));
        fixed.add(at, f.capital(at));
    });
    const auto where = fmt::format("{} at {}", c.industries[cell.industry].key, c.places[cell.place].key);
    require_equal("cash of " + where, cash.total(), 0, turnover.total());
    require_equal("debt of " + where, debt.total(), 0, turnover.total());
    require_equal("capital of " + where, capital.total(), 0, fixed.total());
    require_equal("sales beyond output of " + where, sold.total(), 0, turnover.total());
}

}  // namespace

void check_books(const Config& c, const State& s) {
    double firms = 0, before = 0;
    for (const Cell& cell : s.cells) {
        check_cell(c, s, cell);
        firms += cell.now.firms;
        before += cell.before.firms;
    }
    double entries = 0;
    for (const double count : s.demography.entries) entries += count;
    const auto& d = s.demography;
    require_equal("number of firms", firms, before + entries - d.closures - d.bankruptcies - d.mergers, 1);

    double received = 0;
    for (const auto& row : s.policy.ledger) {
        received += row.received;
        if (row.received + row.leaked > (row.money + row.joined) * (1 + tolerance) + tolerance)
            throw sim::InvariantError("a lever paid out more than it was given");
    }
    require_equal("what levers paid and firms received", received, s.policy.received_by_firms, received);
    for (const double land : s.policy.land_reserve)
        if (land < -tolerance) throw sim::InvariantError("more land was given than there is");
}

}  // namespace growth
