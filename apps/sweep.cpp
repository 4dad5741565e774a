// `jiju sweep`: one scenario at every point of a design, all points with the same draws.
#include "apps/carry_out.hpp"
#include "apps/commands.hpp"
#include "study/design.hpp"
#include "study/scenario.hpp"

namespace jiju {

int sweep(const SweepOptions& options) {
    const auto path = find_design(options.design);
    return carry_out(study_of(sim::load(path, {}, scenario_search()), path, options, {}), options, options);
}

}  // namespace jiju
