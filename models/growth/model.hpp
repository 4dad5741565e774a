// The growth model as the engine sees it.
#pragma once

#include "models/growth/config.hpp"
#include "models/growth/initial.hpp"
#include "models/growth/kernel.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/measure/panel.hpp"
#include "models/growth/memory.hpp"
#include "models/growth/policy/founding.hpp"
#include "models/growth/state.hpp"
#include "sim/run/model.hpp"

namespace growth {

struct Growth {
    using Config = growth::Config;
    using State = growth::State;
    using Record = growth::Record;

    static Config draw_config(const Config& config, sim::Draws draws) { return growth::draw_config(config, draws); }
    static bool begins_alike(const Config& one, const Config& other) { return begin_alike(one, other); }
    static State initial(const Config& own, sim::Draws draws, sim::Stop stop = {}) {
        return kernel().initial(own, draws, stop);
    }
    static void adopt(const Config& own, State& s) { found_policy(own, s); }
    static void listen(State& s, sim::Stop stop) { s.stop = stop; }
    static std::size_t bytes(const State& s) { return bytes_of(s); }
    static int steps(const Config& c) { return static_cast<int>(c.scenario.years * c.scenario.steps_per_year); }
    static void step(const Config& own, sim::Draws draws, int step, State& s) {
        kernel().step(own, draws, s.clock.first_step() + step, s);
    }
    static void check(const Config& own, const State& s) { kernel().check(own, s); }
    static Record blank(const Config& c) {
        Record record;
        sim::shape_by(axes_of(c), record);
        return record;
    }
    static void measure(const Config& own, int step, const State& s, Record& record) {
        kernel().measure(own, step, s, record);
    }
    static void conclude(const Config& own, const State& s, Record& record) { kernel().conclude(own, s, record); }
    static std::vector<sim::Spec> panel_columns() { return growth::panel_columns(); }
    static void observe(const Config& own, int step, const State& s, sim::Panel& panel) {
        growth::observe(own, step, s, panel);
    }
};

static_assert(sim::Model<Growth>);

}  // namespace growth
