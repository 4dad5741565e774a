// All that the engine asks of a model.
#pragma once

#include <concepts>
#include <vector>

#include "sim/random/draws.hpp"
#include "sim/record/block.hpp"
#include "sim/record/cube.hpp"

namespace sim {

// A model is a type of static functions over three values: its configuration, its state and its record.
//     draw_config   a replicate's own configuration, its uncertain parameters drawn
//     begins_alike  whether two configurations have equal initial states wherever they share seed and replicate
//     initial       the state before the first step; adopt makes one that began under another configuration its own
//     check         throws InvariantError where an identity does not hold; called after every step
//     blank         a record of the right extent in which every value is missing
//     measure       writes into the record what is seen after a step; conclude, what is known at the end
//     observe       appends single agents as they stand after a step: one row an agent, one column each of
//     panel_columns
// It may have listen, which tells a state that is taken from an earlier run (beginnings.hpp) the wish to stop of this
// one, and bytes, the memory that a state takes; sizeof where it has none.
template <class M>
concept Model = Recorded<typename M::Record> &&
    requires(const typename M::Config& config, const typename M::Config& own, Draws draws, int step,
             typename M::State& state, const typename M::State& seen, typename M::Record& record, Panel& panel) {
    { M::draw_config(config, draws) } -> std::same_as<typename M::Config>;
    { M::begins_alike(config, config) } -> std::same_as<bool>;
    { M::initial(own, draws) } -> std::same_as<typename M::State>;
    { M::adopt(own, state) } -> std::same_as<void>;
    { M::steps(config) } -> std::same_as<int>;
    { M::step(own, draws, step, state) } -> std::same_as<void>;
    { M::check(own, seen) } -> std::same_as<void>;
    { M::blank(config) } -> std::same_as<typename M::Record>;
    { M::measure(own, step, seen, record) } -> std::same_as<void>;
    { M::conclude(own, seen, record) } -> std::same_as<void>;
    { M::panel_columns() } -> std::same_as<std::vector<Spec>>;
    { M::observe(own, step, seen, panel) } -> std::same_as<void>;
};

}  // namespace sim
