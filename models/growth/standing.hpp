// What a firm is called: its tier, its high-tech status, its technology centre, its team. Reviewed at the end of a
// year.
#pragma once

#include "sim/math/elementary.hpp"
#include "sim/math/pack.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// Levels of a technology centre.
inline constexpr double city_centre = 1, provincial_centre = 2, national_centre = 3;

// (E97) R&D over sales of a firm that misses the notch n of high-tech status by less than a share x of it: it reports
//       1.01 n, and of what it reports more a share r is other cost by another name        [Chen et al. 2021]
struct ShownResearch {
    double real = 0, relabelled = 0;
};
inline ShownResearch shown_research(double intensity, double notch, double pull, double relabelled) {
    const bool is_near = intensity > 0 && intensity < notch && intensity >= (1 - pull) * notch;
    const double more = is_near ? 1.01 * notch - intensity : 0;
    return {.real = intensity + (1 - relabelled) * more, .relabelled = relabelled * more};
}

struct Config;
struct State;
void review_standing(const Config&, sim::Draws, int step, State&);

}  // namespace growth
