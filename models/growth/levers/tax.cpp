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
    for_each_block(s, [&](Block& block) {
        block.sum = 0;
        if (!s.policy.eligible_cells[self][block.cell]) return;
        const double helped = take_up * c.places[s.cells[block.cell].place].governance;
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) {
            f.deduction[at] = sim::Pack(0.0);
            const auto earns = f.intensity(at) > 0.0 && f.surplus(at) > 0.0;
            if (!sim::any_of(earns)) return;
            for_each_named(earns && luck.uniforms(f.id(at), 2)[0] < helped, at, [&](sim::Index firm) {
                f.deduction[firm] = 1;
                const double saved = lever.user_cost_cut * f.research(firm) * s.clock.dt();
                f.grants[firm] += saved;
                block.sum += saved;
            });
        });
    });
    for (const Block& block : s.blocks) {
        row.money += block.sum;
        row.received += block.sum;
    }
}

}  // namespace growth
