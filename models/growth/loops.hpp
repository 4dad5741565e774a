// Loops over firms: over blocks, over packs of a block, over the living of a cell; all of them end where a run is to
// stop.
#pragma once

#include <algorithm>
#include <cstddef>

#include "models/growth/state.hpp"
#include "sim/math/rows.hpp"
#include "sim/math/sum.hpp"
#include "sim/parallel/blocks.hpp"

namespace growth {

// The blocks one by one, or by several threads. A body changes its own rows and its own block, nothing else. Throws
// sim::Interrupted, as all loops over firms do, where the run is to stop.
template <class Body>
void for_each_block(State& s, Body&& body) {
    sim::for_each_block(s.blocks.size(), s.many, [&](std::size_t k) {
        s.stop.look();
        Block& block = s.blocks[k];
        const sim::Index used = s.cells[block.cell].rows.end;
        block.rows = {block.extent.begin, std::clamp(used, block.extent.begin, block.extent.end)};
        body(block);
    });
}

// The same for a body that only looks; it is given the position of the block. As of the end of the last step.
template <class Body>
void for_each_block(const State& s, Body&& body) {
    sim::for_each_block(s.blocks.size(), s.many, [&](std::size_t k) {
        s.stop.look();
        body(k, s.blocks[k]);
    });
}

// Adds up a value of each row, given for a pack of them.
template <class Value>
double sum_over_rows(State& s, Value&& value) {
    for_each_block(s, [&](Block& block) {
        sim::LaneSum sum;
        sim::for_each_lanes(block.rows, [&](sim::Lanes at) { sum.add(at, value(at)); });
        block.sum = sum.total();
    });
    double total = 0;
    for (const Block& block : s.blocks) total += block.sum;
    return total;
}

// For each firm of a pack that a mask names, in the order of rows.
template <class Body>
void for_each_named(sim::Mask mask, sim::Lanes at, Body&& body) {
    if (!sim::any_of(mask)) return;
    for (std::size_t lane = 0; lane < sim::Pack::size(); ++lane)
        if (mask[lane]) body(at.row + static_cast<sim::Index>(lane));
}

// The rows of a cell's living firms.
template <class Body>
void for_each_living(const State& s, const Cell& cell, Body&& body) {
    sim::for_each_row(cell.rows, [&](sim::Index row) {
        if (s.firms.alive(row) > 0) body(row);
    });
}

}  // namespace growth
