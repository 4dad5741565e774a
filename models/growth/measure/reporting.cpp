#include "models/growth/measure/reporting.hpp"

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

void inflate_reports(const Config& c, State& s) {
    s.city.reporting_wedge +=
        (c.parameters.reporting.inflation + s.policy.effects.city(Channel::reporting)) * s.clock.dt();
}

}  // namespace growth
