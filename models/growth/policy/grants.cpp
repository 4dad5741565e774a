#include "models/growth/policy/grants.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/policy/ledger.hpp"
#include "models/growth/policy/selection.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

void grant_to(const Config& c, State& s, const Grant& g, sim::Index firm, double grant) {
    auto& f = s.firms;
    auto& row = ledger_row(s, g.lever_index, firm);
    const double misuse = sim::min(g.misuse * s.policy.effects.city(Channel::misuse), 1.0);
    const double delivered = grant * s.policy.delivery[position_of(s, cell_of(s, firm))];
    const double honest = (1 - misuse) * delivered;
    const bool is_large = f.sales(firm) >= c.parameters.standing.large_sales;
    const double added = spending_added(delivered, misuse, is_large ? g.additionality_large : g.additionality_small);
    if (g.use == Use::research) f.research_fund[firm] += added;
    // who plans less for being given more cannot plan less than nothing
    if (g.use == Use::equipment) f.under_way[firm] = sim::max(f.under_way(firm) + added, 0.0);
    f.grants[firm] += honest;
    f.support[firm] += honest;
    row.money += grant;
    row.received += honest;
    row.leaked += grant - honest;
}

}  // namespace

void give_grants(const Config& c, sim::Draws draws, int step, State& s) {
    for (const auto& g : c.components.of<Grant>()) {
        auto& lever = s.policy.levers[g.lever_index];
        double left = g.on ? g.share * lever.account.allotted : 0.0;
        if (left <= 0) continue;
        auto ranking = select_firms(c, draws, step, s, g, static_cast<std::size_t>(left / g.size) + 1);
        while (left > 1e-12 && !ranking.empty()) {
            const double grant = sim::min(g.size, left);
            grant_to(c, s, g, ranking.take(), grant);
            left -= grant;
        }
        lever.account.lapsed += left;
    }
}

}  // namespace growth
