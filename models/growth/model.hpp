// The growth model as the engine sees it.
#pragma once

#include "models/growth/config.hpp"
#include "models/growth/kernel.hpp"
#include "models/growth/measure.hpp"
#include "models/growth/state.hpp"
#include "sim/run/model.hpp"

namespace growth {

struct Growth {
    using Config = growth::Config;
    using State = growth::State;
    using Record = growth::Record;

    static Config world(const Config& config, sim::Draws draws) { return world_of(config, draws); }
    static State initial(const Config& world, sim::Draws draws) { return kernel().initial(world, draws); }
    static int steps(const Config& c) { return static_cast<int>(c.scenario.years * c.scenario.steps_per_year); }
    static void step(const Config& world, sim::Draws draws, int step, State& s) {
        kernel().step(world, draws, s.clock.first_step() + step, s);
    }
    static void check(const Config& world, const State& s) { kernel().check(world, s); }
    static Record blank(const Config& c) {
        Record record;
        sim::shape_by(axes_of(c), record);
        return record;
    }
    static void measure(const Config& world, int step, const State& s, Record& record) {
        kernel().measure(world, step, s, record);
    }
    static void conclude(const Config& world, const State& s, Record& record) { kernel().conclude(world, s, record); }
};

static_assert(sim::Model<Growth>);

}  // namespace growth
