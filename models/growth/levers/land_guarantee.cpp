#include "models/growth/levers/land_guarantee.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

void run(const LandGuarantee& lever, const Config& c, sim::Draws, int step, State& s) {
    const double share = lever.realised * lever.share.at(s.clock.time(step));
    const auto& reached = s.policy.eligible_cells[lever_index<LandGuarantee>()];
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        const std::size_t place = s.cells[i].place;
        if (reached[i]) s.policy.land_share[place] = share * c.places[place].governance;
    }
}

}  // namespace growth
