#include "models/growth/policy/rivalry.hpp"

#include "models/growth/config.hpp"
#include "models/growth/demand.hpp"
#include "models/growth/limits.hpp"
#include "models/growth/state.hpp"

namespace growth {

void take_from_rivals(const Config& c, State& s) {
    const double released = share_released(c.parameters.demand.link_years, s.clock.dt());
    for (std::size_t i = 0; i < s.industries.size(); ++i) {
        double output = 0;
        for (const Cell& cell : s.cells)
            if (cell.industry == i) output += cell.now.output;
        const double taken = released * s.policy.displaced[i];
        s.policy.displaced[i] -= taken;
        s.industries[i].lost_to_rivals = output > 0 ? limits::won(taken / output) : 0.0;
    }
}

}  // namespace growth
