#include "models/growth/levers/special_fund.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

void run(const SpecialFund& lever, const Config& c, sim::Draws draws, int step, State& s) {
    const double budget = lever.realised * lever.budget.at(s.clock.time(step)) * s.clock.dt();
    if (budget <= 0) return;
    const auto self = lever_index<SpecialFund>();
    auto& row = s.policy.ledger[self];
    auto& f = s.firms;
    const auto grants = static_cast<std::size_t>(budget / lever.grant_size) + 1;
    double left = budget;
    auto ranking =
        select_firms(c, draws, streams::special_fund, step, s, s.policy.eligible_cells[self], lever.eligible);
    for (std::size_t given = 0; given < grants && !ranking.empty(); ++given) {
        const sim::Index firm = ranking.take();
        const double grant = sim::min(lever.grant_size, left);
        const double delivered = grant * c.places[cell_of(s, firm).place].governance;
        const double honest = (1 - lever.misuse) * delivered;
        const double additionality =
            f.sales(firm) < lever.large_sales ? lever.additionality_small : lever.additionality_large;
        left -= grant;
        f.grants[firm] += honest;
        f.research_fund[firm] += research_added(lever.research_share * delivered, lever.misuse, additionality);
        const double response = f.sales(firm) < lever.large_sales ? lever.investment_small : lever.investment_large;
        f.under_way[firm] += response * lever.equipment_share * honest;
        f.support[firm] += honest;
        row.money += grant;
        row.received += honest;
        row.leaked += grant - honest;
    }
}

}  // namespace growth
