// Firms that a row of the scenario's table tells: as they are drawn before the burn-in, and as they are brought to
// their rows after it.
#pragma once

#include <cstdint>

#include "models/growth/newborn.hpp"
#include "models/growth/state.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct FirmRow;

// (E114) technique with which k times the capital and m times the workers make the same output at the same utilisation:
//       a' = a - alpha ln k - (1 - alpha) ln m, and the crew by design l' = l + ln m - ln k        [from (E6), (E8), (E9)]
struct Technique {
    double efficiency = 0, log_crew = 0;
};
inline Technique refitted(Technique now, double more_capital, double more_workers, double capital_share) {
    const double capital = sim::log(more_capital), workers = sim::log(more_workers);
    return {.efficiency = now.efficiency - capital_share * capital - (1 - capital_share) * workers,
            .log_crew = now.log_crew + workers - capital};
}

// What a row says of a firm that is drawn, and what is drawn given that: capital over output, R&D over sales, group and
// age. Ratios are those of the base year.
Newborn as_known(const Config&, sim::Draws, const Cell&, const FirmRow&, Newborn);

// R&D over sales, titles and listing of a firm of the table, as its row says.
void keep_known(const Config&, Firms&, sim::Index row);

// Makes a firm as large as given, with all that it has; heads are not cut in parts.
void resize(Firms&, sim::Index row, double was, double is);

// Brings a firm to its row, after the burn-in.
void bring_to_row(const Config&, Firms&, sim::Index row);

}  // namespace growth
