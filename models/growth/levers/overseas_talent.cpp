#include "models/growth/levers/overseas_talent.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

void run(const OverseasTalent& lever, const Config& c, sim::Draws, int step, State& s) {
    const double budget = lever.realised * lever.budget.at(s.clock.time(step));
    double governance = 0;
    for (const auto& place : c.places) governance += place.governance / static_cast<double>(c.places.size());
    s.policy.talents_wanted = governance * saturating(budget, lever.full_effort, lever.arrivals_at_full_effort);
    // No more can be paid for than the budget allows.
    s.policy.talents_wanted = sim::min(s.policy.talents_wanted, budget / lever.cost_per_person);
    s.policy.ledger[lever_index<OverseasTalent>()].money += budget * s.clock.dt();
}

}  // namespace growth
