#include "models/growth/policy/deals.hpp"

#include "models/growth/cells.hpp"
#include "models/growth/config.hpp"
#include "models/growth/policy/ledger.hpp"
#include "models/growth/policy/mechanisms.hpp"
#include "models/growth/policy/selection.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

Deal::Deal() {
    describe(sim::Members::defaults());
}

void Deal::describe(const sim::Members& member) {
    using sim::Spec;
    describe_firm_component(member);
    member(Spec{"share", "1", 0, 1, "Share of the lever's budget"}, share, 1);
    member(Spec{"size", "money", 0.001, 1e4, "Equity of one deal, public and private"}.needed(), size);
    member(Spec{"leverage", "1", 0, 20, "Private money that joins public money, over it"}.chinese("社会资金带动倍数"),
           leverage, 1.5);
    member(Spec{"efficiency_gain", "1", -0.5, 0.5, "Gain of efficiency of a backed firm, in logarithms"}.chinese(
               "效率提升"),
           efficiency_gain, 0);
    member(Spec{"adverse_selection", "1", 0, 2,
                "How much the best firms shun public investors, per standard deviation of efficiency"},
           adverse_selection, 0);
    member(Spec{"backed_closure", "1", 0.05, 2, "Hazard of closure of backed firms, over others"}.chinese(
               "被投企业关闭风险"),
           backed_closure, 1);
}

namespace {

void invest(const Config& c, State& s, std::size_t which, sim::Index firm) {
    const Deal& d = c.components->of<Deal>()[which];
    auto& f = s.firms;
    auto& row = ledger_row(s, d.lever_index, firm);
    const double gain = d.efficiency_gain * s.policy.delivery[position_of(s, cell_of(s, firm))];
    f.backed[firm] = static_cast<double>(which + 1);
    f.equity[firm] += d.size;
    f.efficiency[firm] += gain;
    f.efficiency_change[firm] += gain;
    f.support[firm] += d.size;
    row.money += d.size / (1 + d.leverage);
    pay_in_place(s, d.lever_index, cell_of(s, firm).place, d.size / (1 + d.leverage));
    row.joined += d.size * d.leverage / (1 + d.leverage);
    row.received += d.size;
}

}  // namespace

DealState found(const Config&, const State&, const Deal&) {
    return {};
}

void make_deals(const Config& c, sim::Draws draws, int step, State& s) {
    s.policy.chosen.clear();
    const auto accepts = draws.at(streams::consent, static_cast<sim::Step>(step));
    for (std::size_t k = 0; k < c.components->of<Deal>().size(); ++k) {
        const Deal& d = c.components->of<Deal>()[k];
        if (!d.on) continue;
        auto& lever = s.policy.levers[d.lever_index];
        // Money waits until it makes a whole deal, so that a deal has the same size whatever the budget or the step.
        double& money = s.policy.components->of<Deal>()[k].money;
        money += d.share * lever.account.allotted;
        const double whole = d.size / (1 + d.leverage);
        const auto deals = static_cast<std::size_t>(money / whole);
        std::size_t made = 0;
        if (deals > 0) {
            // Four are asked for every deal, since some decline.
            auto ranking = select_firms(c, draws, step, s, d, 4 * deals, {.backed = true});
            while (made < deals && !ranking.empty()) {
                const sim::Index firm = ranking.take();
                if (!choose(s, d, firm)) continue;
                const double mean = s.industries[cell_of(s, firm).industry].mean_efficiency;
                const double merit = (s.firms.efficiency(firm) - mean) / c.parameters.entry.efficiency_spread;
                const double uniform = accepts.uniforms(s.firms.id(firm), d.draw_key)[0];
                if (uniform >= consent_chance(merit, d.adverse_selection)) continue;
                invest(c, s, k, firm);
                money -= whole;
                ++made;
            }
        }
        lever.account.waiting += d.share * lever.account.allotted - whole * static_cast<double>(made);
    }
}

}  // namespace growth
