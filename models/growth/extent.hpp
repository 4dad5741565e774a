// How large a city is: who lives in its cells before the first step, how many may enter, and what room that takes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/growth/cells.hpp"
#include "models/growth/entry.hpp"
#include "sim/math/rows.hpp"
#include "sim/random/draws.hpp"

namespace sim {
class Document;
class Problems;
}  // namespace sim

namespace growth {

struct Config;
struct Cell;

// Of one city. A replicate of the most takes some gigabytes and some minutes of one processor.
inline constexpr double most_firms = 2e6, most_rows = 4e6, most_firm_steps = 4e9;

// Who lives in a cell before the first step.
struct Census {
    std::vector<int> above, fringe;
    std::vector<std::vector<std::size_t>> named;       // rows of [firms.*] by cell
    std::vector<std::vector<std::uint32_t>> in_table;  // rows of the table, each as often as it stands for firms

    [[nodiscard]] double firms(std::size_t cell) const {
        return above[cell] + fringe[cell] + static_cast<double>(named[cell].size() + in_table[cell].size());
    }
};
// (E113) of the firms that a row of weight w stands for, the whole ones, and one more with the chance of the rest: its
//       rests run along the industry's rows, and one firm comes wherever their sum passes u, u + 1, …, for one uniform u;
//       so an industry's number of firms is its sum of weights, rounded        [systematic sampling: Madow 1949]
// Where a row does not say its place, its firms are spread over cells as the industry's firms are.
Census take_census(const Config&, const std::vector<Cell>&, const CellShares&, sim::Draws draws = {});

// Of a cell: its share of the entrants that come from outside, possible entrants a step, and rows for all of them.
struct Room {
    std::array<double, origins> entry_weight{};
    std::array<int, origins> slots{};
    double rows = 0;
};
// Slots, and rows, for about three times the entrants that come without policy; fewer where a draw of the parameters
// would need more than `most_rows` of them: who finds no room then is counted as refused.
std::vector<Room> rooms_of(const Config&, const std::vector<Cell>&, const CellShares&, const Census&);

// Whether a replicate is of a size that can be simulated.
void check_size(const Config&, const sim::Document&, sim::Problems&);

}  // namespace growth
