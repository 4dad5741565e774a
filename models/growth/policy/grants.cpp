#include "models/growth/policy/grants.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/investment.hpp"
#include "models/growth/policy/ledger.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/selection.hpp"
#include "models/growth/state.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

Grant::Grant() {
    describe(sim::Members::defaults());
}

void Grant::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    describe_firm_component(member);
    member(Spec{"share", "1", 0, 1, "Share of the lever's budget"}, share, 1);
    member(text_spec("use", "What the money is granted for"), use, Use::research);
    member(Spec{"size", "money", 1e-4, 1e4, "Size of one grant"}.needed(), size);
    member(Spec{"misuse", "1", 0, 1, "Share of a grant that is misused"}.chinese("挪用比例"), misuse, 0.45);
    member(Spec{"additionality_small", "1", -2, 3,
                "R&D, or equipment, added over the money that a small firm honestly spends"}
               .chinese("小企业附加性"),
           additionality_small, 1);
    member(Spec{"additionality_large", "1", -2, 3, "The same of a large firm"}.chinese("大企业附加性"),
           additionality_large, 1);
}

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
    if (g.use == Use::equipment) {
        const double order = sim::max(added / s.city.capital_price, -f.under_way(firm));
        f.progress[firm] = joined_progress(f.progress(firm), f.under_way(firm), sim::max(order, 0.0));
        f.under_way[firm] += order;
    }
    f.grants[firm] += honest;
    f.support[firm] += honest;
    row.money += grant;
    pay_in_place(s, g.lever_index, cell_of(s, firm).place, grant);
    row.received += honest;
    row.leaked += grant - honest;
}

}  // namespace

void give_grants(const Config& c, sim::Draws draws, int step, State& s) {
    s.policy.chosen.clear();
    for (std::size_t k = 0; k < c.components->of<Grant>().size(); ++k) {
        const Grant& g = c.components->of<Grant>()[k];
        if (!g.on) continue;
        auto& lever = s.policy.levers[g.lever_index];
        // Money waits until it makes a whole grant, so that a grant has its size whatever the budget or the step.
        double& money = s.policy.components->of<Grant>()[k].money;
        const double before = money;
        money += g.share * lever.account.allotted;
        const auto grants = static_cast<std::size_t>(money / g.size * (1 + 1e-12));
        if (grants > 0) {
            auto ranking = select_firms(c, draws, step, s, g, grants);
            std::size_t given = 0;
            while (given < grants && !ranking.empty()) {
                const sim::Index firm = ranking.take();
                if (!choose(s, g, firm)) continue;
                grant_to(c, s, g, firm, g.size);
                ++given;
            }
            // what whole grants found nobody is lost to the year's budget
            lever.account.lapsed += static_cast<double>(grants - given) * g.size;
            money = sim::max(money - static_cast<double>(grants) * g.size, 0.0);
        }
        lever.account.waiting += money - before;
    }
}

}  // namespace growth
