#include "models/growth/levers/venture_fund.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

void run(const VentureFund& lever, const Config& c, sim::Draws draws, int step, State& s) {
    // Money waits until it makes a whole deal, so that a deal has the same size whatever the budget or the step.
    s.policy.venture_money += lever.realised * lever.budget.at(s.clock.time(step)) * s.clock.dt();
    const double whole = lever.deal_size / (1 + lever.leverage);
    const auto deals = static_cast<std::size_t>(s.policy.venture_money / whole);
    if (deals == 0) return;
    const auto self = lever_index<VentureFund>();
    const auto accepts = draws.at(streams::venture_fund, static_cast<sim::Step>(step));
    auto& row = s.policy.ledger[self];
    auto& f = s.firms;
    const double deal = lever.deal_size;
    std::size_t made = 0, asked = 0;
    auto ranking =
        select_firms(c, draws, streams::venture_fund, step, s, s.policy.eligible_cells[self], lever.eligible);
    // Four are asked for every deal: some are backed already, some decline.
    for (; made < deals && asked < 4 * deals && !ranking.empty(); ++asked) {
        const sim::Index firm = ranking.take();
        const Cell& cell = cell_of(s, firm);
        const double merit = f.efficiency(firm) - s.industries[cell.industry].mean_efficiency;
        const double spread = c.parameters.entry.efficiency_spread;
        const double consent = sim::exp(-lever.adverse_selection * sim::max(merit / spread, 0.0));
        if (f.backed(firm) > 0 || accepts.uniforms(f.id(firm), 1)[0] >= consent) continue;
        f.backed[firm] = 1;
        f.equity[firm] += deal;
        const double gain = lever.efficiency_gain * c.places[cell.place].governance;
        f.efficiency[firm] += gain;
        f.efficiency_change[firm] += gain;
        f.support[firm] += deal;
        row.money += deal / (1 + lever.leverage);
        row.joined += deal * lever.leverage / (1 + lever.leverage);
        row.received += deal;
        s.policy.venture_money -= whole;
        ++made;
    }
}

}  // namespace growth
