#include "models/growth/levers/tax.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"
#include "models/growth/streams.hpp"

namespace growth {

void run(const Tax& lever, const Config& c, sim::Draws draws, int step, State& s) {
    const double take_up = lever.realised * lever.take_up.at(s.clock.time(step));
    if (take_up <= 0 && !s.policy.deductions_used) return;
    s.policy.deductions_used = take_up > 0;
    const auto self = lever_index<Tax>();
    const auto luck = draws.at(streams::status, 0);  // the same firms come first in every year
    auto& row = s.policy.ledger[self];
    auto& f = s.firms;
    s.policy.research_deduction = take_up <= 0 ? 1.0 : deduction_effect(lever.user_cost_cut, lever.research_elasticity);
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        if (!s.policy.eligible_cells[self][i]) continue;
        const double helped = take_up * c.places[s.cells[i].place].governance;
        for_each_living(s, s.cells[i], [&](sim::Index firm) {
            f.deduction[firm] = 0;
            if (f.intensity(firm) <= 0 || f.surplus(firm) <= 0 || luck.uniforms(f.id(firm), 2)[0] >= helped) return;
            f.deduction[firm] = 1;
            const double saved = lever.user_cost_cut * f.research(firm) * s.clock.dt();
            f.grants[firm] += saved;
            row.money += saved;
            row.received += saved;
        });
    }
}

}  // namespace growth
