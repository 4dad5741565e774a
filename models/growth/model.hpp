// The growth model as the engine sees it.
#pragma once

#include "models/growth/books.hpp"
#include "models/growth/config.hpp"
#include "models/growth/initial.hpp"
#include "models/growth/measure.hpp"
#include "models/growth/state.hpp"
#include "models/growth/step.hpp"
#include "sim/run/model.hpp"

namespace growth {

struct Growth {
    using Config = growth::Config;
    using State = growth::State;
    using Record = growth::Record;

    static Config world(const Config& config, sim::Draws draws) { return world_of(config, draws); }
    static State initial(const Config& world, sim::Draws draws) { return growth::initial(world, draws); }
    static int steps(const Config& c) { return static_cast<int>(c.scenario.years * c.scenario.steps_per_year); }
    static void step(const Config& world, sim::Draws draws, int step, State& s) {
        growth::step(world, draws, s.clock.first_step() + step, s);
    }
    static void check(const Config& world, const State& s) { check_books(world, s); }
    static Record blank(const Config& c) {
        Record record;
        sim::shape_by(axes_of(c), record);
        return record;
    }
    static void measure(const Config& world, int step, const State& s, Record& record) {
        growth::measure(world, step, s, record);
    }
    static void conclude(const Config& world, const State& s, Record& record) {
        measure_baseline(world, s, record);
        measure_targets(world, s, record);
    }
};

static_assert(sim::Model<Growth>);

}  // namespace growth
