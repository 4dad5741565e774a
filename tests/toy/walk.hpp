// The engine's own model: walkers that drift, with known mean and variance, on which all engine tests run.
//
// The position of a walker after t steps is drift t + sum of normals, its mean over replicates drift t and its variance
// volatility^2 t + drift_spread^2 t^2.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "sim/describe/errors.hpp"
#include "sim/output/provenance.hpp"
#include "sim/record/layout.hpp"
#include "sim/run/model.hpp"

namespace toy {

struct Sight {
    double position;
    double distance;
    double move;
    static void describe(auto& row, auto&& member) {
        member(sim::Spec{.name = "position", .unit = "m", .text = "Where the walker stands", .zh = "位置"}.over(
                   sim::OverTime::last),
               row.position);
        member(
            sim::Spec{
                .name = "distance", .unit = "m", .text = "Way walked so far", .zh = "路程", .source = "assumption"}
                .over(sim::OverTime::last),
            row.distance);
        member(sim::Spec{.name = "move", .unit = "m", .text = "Way from one step to the next", .zh = "位移"}, row.move);
    }
};

struct Crowd {
    double mean_position;
    static void describe(auto& row, auto&& member) {
        member(sim::Spec{.name = "mean_position", .unit = "m", .text = "Mean over walkers", .zh = "平均位置"}.over(
                   sim::OverTime::mean),
               row.mean_position);
    }
};

struct OwnDrift {
    double drift;
    static void describe(auto& row, auto&& member) {
        member(sim::Spec{.name = "drift", .unit = "m", .text = "Drift a step in this replicate", .zh = "漂移"},
               row.drift);
    }
};

struct Walk {
    struct Config {
        int steps = 20;
        int walkers = 5;
        double drift = 0.5;
        double drift_spread = 0.1;
        double volatility = 2.0;
        int breaks_at = -1;   // the replicate that breaks an identity, at its third step
        bool breaks = false;  // in a replicate's own draw
    };
    struct State {
        std::vector<double> positions;
        std::vector<double> distances;
        std::vector<double> moves;
        double moved = 0;  // sum of all steps: what the positions must add up to
    };
    struct Record {
        sim::Cube<Sight> sights{{"time", "walker"}};
        sim::Cube<Crowd> crowd{{"time"}};
        sim::Cube<OwnDrift> own_drift{std::vector<std::string>{}};
        static void describe_cubes(auto& self, auto&& visit) {
            visit(self.sights);
            visit(self.crowd);
            visit(self.own_drift);
        }
    };

    static constexpr std::array purposes{sim::purpose("toy drift"), sim::purpose("toy step")};
    static_assert(sim::distinct(purposes));

    static Config draw_config(const Config& config, sim::Draws draws) {
        auto own = config;
        own.drift += config.drift_spread * draws.at(purposes[0], 0).normals(0)[0];
        own.breaks = static_cast<int>(draws.replicate) == config.breaks_at;
        return own;
    }
    static bool begins_alike(const Config& one, const Config& other) { return one.walkers == other.walkers; }
    static void adopt(const Config&, State&) {}
    static State initial(const Config& own, sim::Draws) {
        const auto walkers = static_cast<std::size_t>(own.walkers);
        return {std::vector<double>(walkers, 0.0), std::vector<double>(walkers, 0.0),
                std::vector<double>(walkers, 0.0)};
    }
    static int steps(const Config& config) { return config.steps; }
    static void step(const Config& own, sim::Draws draws, int step, State& state) {
        const auto stream = draws.at(purposes[1], static_cast<sim::Step>(step));
        for (std::size_t walker = 0; walker < state.positions.size(); ++walker) {
            const double move = own.drift + own.volatility * stream.normals(walker)[0];
            state.positions[walker] += move;
            state.distances[walker] += move < 0 ? -move : move;
            state.moves[walker] = move;
            state.moved += move;
        }
        if (own.breaks && step == 2) state.moved += 1;
    }
    static void check(const Config&, const State& state) {
        double total = 0;
        for (const double position : state.positions) total += position;
        if (total - state.moved > 1e-6 || state.moved - total > 1e-6)
            throw sim::InvariantError("positions do not add up to the steps taken");
    }
    static std::vector<sim::Axis> axes(const Config& config) {
        sim::Axis walkers{.name = "walker", .long_name = "walker", .long_name_zh = "行者"};
        for (int i = 0; i < config.walkers; ++i) {
            walkers.keys.push_back("walker_" + std::to_string(i));
            walkers.labels.push_back("Walker " + std::to_string(i));
            walkers.labels_zh.push_back("行者" + std::to_string(i));
        }
        return {sim::calendar_axis("time", 2011, static_cast<std::size_t>(config.steps), 4), walkers};
    }
    static Record blank(const Config& config) {
        Record record;
        sim::shape_by(axes(config), record);
        return record;
    }
    static void measure(const Config&, int step, const State& state, Record& record) {
        double total = 0;
        for (std::size_t walker = 0; walker < state.positions.size(); ++walker) {
            record.sights.put({state.positions[walker], state.distances[walker], state.moves[walker]}, step, walker);
            total += state.positions[walker];
        }
        record.crowd.put({total / static_cast<double>(state.positions.size())}, step);
    }
    static void conclude(const Config& own, const State&, Record& record) { record.own_drift.put({own.drift}); }
    static std::vector<sim::Spec> panel_columns() {
        return {sim::Spec{.name = "seen_step", .text = "Step"},
                sim::Spec{.name = "seen_position", .unit = "m", .text = "Where a walker stands"}};
    }
    static void observe(const Config&, int step, const State& state, sim::Panel& panel) {
        for (const double position : state.positions) {
            panel[0].push_back(step);
            panel[1].push_back(position);
        }
    }
};
static_assert(sim::Model<Walk>);

// What every replicate draws: chance, which scenarios share, and the drift that each makes of it.
inline sim::Drawn drawn(const std::vector<Walk::Config>& configs, std::uint64_t seed) {
    const auto chance = [seed](std::size_t draw) {
        return sim::Draws{seed, static_cast<std::uint32_t>(draw)}.at(Walk::purposes[0], 0).normals(0)[0];
    };
    sim::Drawn drawn;
    drawn.shared.long_name = "what scenarios share";
    drawn.own.long_name = "what each has for itself";
    drawn.shared.keys = {"chance"};
    drawn.shared.companions = {{"parameter_unit", std::vector<std::string>{"1"}, "", "unit", "单位"}};
    drawn.own.keys = {"drift"};
    drawn.shared_row = [chance](std::size_t draw, std::vector<double>& row) { row.push_back(chance(draw)); };
    drawn.own_row = [configs, chance](std::size_t scenario, std::size_t draw, std::vector<double>& row) {
        row.push_back(configs[scenario].drift + configs[scenario].drift_spread * chance(draw));
    };
    return drawn;
}

// One scenario a configuration, called walk, walk-1, walk-2 …
inline sim::Layout layout(const std::vector<Walk::Config>& configs, std::uint64_t seed = 7) {
    sim::Layout layout;
    for (const auto& config : configs) {
        const auto count = layout.scenarios.size();
        layout.scenarios.push_back(
            {count == 0 ? "walk" : "walk-" + std::to_string(count), "toy walk", "玩具随机游走",
             "[walk]\nwalkers = " + std::to_string(config.walkers) + "\ndrift = " + std::to_string(config.drift)});
    }
    layout.axes = Walk::axes(configs[0]);
    layout.variables = sim::variables_of(Walk::blank(configs[0]));
    for (const auto& spec : Walk::panel_columns()) layout.panel.push_back(sim::variable_of(spec, {}));
    layout.drawn = drawn(configs, seed);
    layout.attributes = sim::provenance(seed);
    return layout;
}

}  // namespace toy
