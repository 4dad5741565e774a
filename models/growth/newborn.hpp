// How one firm comes to be, at the start or later: traits in, a filled row out.
#pragma once

#include <cstdint>

#include "models/growth/entry.hpp"
#include "models/growth/origin.hpp"
#include "sim/math/rows.hpp"

namespace growth {

struct Newborn {
    std::uint64_t id = 0;
    Origin origin = Origin::incumbent;
    std::size_t field = 0;        // of its industry
    double born = 0;              // calendar time
    double sales = 0;             // money a year, at prices of the moment
    double capital_output = 0.4;  // years
    double efficiency = 0;        // logarithm
    double price_wedge = 0;       // logarithm
    double vintage = 0;           // calendar time of its technique
    double intensity = 0;         // R&D over sales
    double debt_ratio = 0, cash_ratio = 0;
    double pipeline = 0;    // capital under way, over capital
    double progress = 0;    // of what is under way
    double built = 1;       // its capital over what serves its orders at normal utilisation
    double land_slack = 0;  // share of its land that is free
    double connection = 0, group_ratio = 1, talents = 0;
    double exports_share = 0;   // of its sales
    double invested_share = 1;  // of its capital, to be built and not taken over
};

inline constexpr double most_intensity = 0.2;  // that is drawn, of R&D over sales

struct Config;
struct State;
struct Cell;

// Price of what it sells, at normal utilisation.
double price_of(const State&, const Cell&, const Newborn&);

// Output over orders: a firm that waits for its next expansion runs a full crew and still sells less than it could.
double served(const Config&, const Newborn&);

// Land it comes with.
double land_of(const Config&, const State&, const Cell&, const Newborn&);

// How far its plant has come when the step of its founding ends (E116).
double progress_at_founding(const Config&, sim::Draws, const State&, const Cell&, const Newborn&);

// Fills a row. Books open empty: owners pay in what is bought, so stocks equal flows. A firm that is
// not there at the start has yet to build its plant, and opens with the demand for which that is designed.
void found(const Config&, State&, const Cell&, sim::Index row, const Newborn&);

// Empties the row of a firm that leaves its cell.
void vacate(State&, Cell&, sim::Index row);

// The first free row of a cell; capacity_end where the cell is full.
sim::Index free_row(const State&, Cell&);

// (E116) progress of a plant when the step in which it is founded ends, founded at any time of that step alike: u h / T
//       u: uniform, h: length of a step, T: time to build        So that it opens as soon after as its time to build says
inline double progress_of_founded(double uniform, double h, double time_to_build) {
    return uniform * h / time_to_build;
}

// Traits that every firm has, from its own draws.
Newborn with_traits(const Config&, sim::Draws, const Cell&, Newborn);

}  // namespace growth
