#include "models/growth/levers/credit.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

void run(const Credit& lever, const Config& c, sim::Draws draws, int step, State& s) {
    const double h = s.clock.dt();
    const double volume = lever.realised * lever.volume.at(s.clock.time(step));
    auto& outstanding = s.policy.guaranteed_volume;
    if (volume <= 0 && outstanding <= 0) return;
    const auto self = lever_index<Credit>();
    auto& f = s.firms;

    const double kept = sim::exp(-h / lever.term_years);
    outstanding *= kept;
    for_each_block(s, [&](const Block& block) {
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) { f.guaranteed[at] *= sim::Pack(kept); });
    });

    const double share = incremental_credit(lever.incremental_share, volume, lever.scale);
    double left = volume - outstanding;
    if (left > 0) {
        auto ranking = select_firms(c, draws, streams::credit, step, s, s.policy.eligible_cells[self], lever.eligible);
        while (left > 0 && !ranking.empty()) {
            const sim::Index firm = ranking.take();
            const double loan = sim::min(lever.loan_ratio * f.sales(firm) - f.guaranteed(firm), left);
            if (loan <= 0) continue;
            const double added = share * loan * c.places[cell_of(s, firm).place].governance;
            f.guaranteed[firm] += added;
            left -= loan;
            outstanding += loan;
        }
    }
    s.policy.interest_cut = lever.interest_subsidy;
    const double subsidised = sum_over_rows(s, [&](sim::Lanes at) { return sim::min(f.guaranteed(at), f.debt(at)); });
    s.policy.ledger[self].money += (lever.loss_rate * outstanding + lever.interest_subsidy * subsidised) * h;
}

}  // namespace growth
