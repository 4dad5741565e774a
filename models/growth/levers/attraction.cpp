#include "models/growth/levers/attraction.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

void run(const Attraction& lever, const Config& c, sim::Draws, int step, State& s) {
    const double budget = lever.realised * lever.budget.at(s.clock.time(step)), h = s.clock.dt();
    const auto self = lever_index<Attraction>();
    const double more = saturating(budget, lever.full_effort, lever.response - 1);
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        if (!s.policy.eligible_cells[self][i]) continue;
        const double wanted = 1 + more * c.places[s.cells[i].place].governance;
        auto& effort = s.policy.attraction_by_cell[i];
        effort = adjusted(effort, wanted, 1 / c.parameters.entry.attracted_ramp_years, h);
    }
    s.policy.ledger[self].money += budget * h;
}

}  // namespace growth
