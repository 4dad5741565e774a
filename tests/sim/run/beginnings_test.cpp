// States kept from one run to the next: the same results, fewer beginnings, no more memory than is allowed.
#include "sim/run/beginnings.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/run/ensemble.hpp"
#include "tests/toy/walk.hpp"

namespace {

std::atomic<int> begun = 0;

// Walkers that do not begin at zero but where their draws put them; the drift is a policy, which a state that is handed
// on has to forget.
struct Placed : toy::Walk {
    struct State : toy::Walk::State {
        double drift = 0;
        sim::Stop stop;
    };
    static State initial(const Config& own, sim::Draws draws, sim::Stop stop = {}) {
        ++begun;
        State state{toy::Walk::initial(own, draws), own.drift, stop};
        for (std::size_t i = 0; i < state.positions.size(); ++i) {
            state.positions[i] = draws.at(purposes[1], 1000).normals(i)[0];
            state.moved += state.positions[i];
        }
        return state;
    }
    static void listen(State& state, sim::Stop stop) { state.stop = stop; }
    static void adopt(const Config& own, State& state) { state.drift = own.drift; }
    static std::size_t bytes(const State&) { return 100; }
    static void step(const Config& own, sim::Draws draws, int step, State& state) {
        state.stop.look();
        auto with_its_drift = own;
        with_its_drift.drift = state.drift;
        toy::Walk::step(with_its_drift, draws, step, state);
    }
};

struct Positions {
    std::map<std::pair<std::size_t, std::size_t>, std::vector<double>> of;  // by scenario and replicate
    void write(std::size_t scenario, std::size_t replicate, const Placed::Record& record, const sim::Panel&) {
        auto& values = of[{scenario, replicate}];
        for (const auto column : sim::columns_of(record)) values.insert(values.end(), column.begin(), column.end());
    }
    void fail(const sim::Failure&) { FAIL(); }
};

using Configs = std::vector<Placed::Config>;

Positions cold(const Configs& configs, const sim::Plan& plan) {
    Positions found;
    EXPECT_EQ(sim::run_ensemble<Placed>(configs, plan, found).replicates, plan.replicates);
    return found;
}

Positions warm(sim::Beginnings<Placed>& kept, const Configs& configs, const sim::Plan& plan) {
    Positions found;
    EXPECT_EQ(sim::run_ensemble_from<Placed>(&kept, configs, plan, found).replicates, plan.replicates);
    return found;
}

// More than one task has.
const Configs arms{{.drift = 0.5}, {.drift = 2}, {.drift = -1}, {.drift = 1}, {.drift = 7}};

TEST(Beginnings, AreTakenOverToTheBit) {
    const sim::Plan plan{.seed = 4, .replicates = 20, .threads = 2};
    const auto expected = cold(arms, plan);
    sim::Beginnings<Placed> kept(1'000'000);
    for (const int run : {1, 2, 3}) {
        begun = 0;
        EXPECT_EQ(warm(kept, arms, plan).of, expected.of) << "run " << run;
        // Tasks of a replicate at work at a time may both begin it.
        EXPECT_LE(begun, run == 1 ? 40 : 0);
    }
    EXPECT_EQ(kept.size(), 20);
    EXPECT_EQ(kept.bytes(), 2000);
    // Another arm, and more replicates.
    const Configs other{{.drift = 3}};
    begun = 0;
    const sim::Plan longer{.seed = 4, .replicates = 30, .threads = 2};
    EXPECT_EQ(warm(kept, other, longer).of, cold(other, longer).of);
    EXPECT_EQ(begun, 10 + 30);
}

TEST(Beginnings, AreOfOneSeedAndOfWhatBeginsAlike) {
    sim::Beginnings<Placed> kept(1'000'000);
    for (const std::uint64_t seed : {1, 2, 1})
        for (const int walkers : {2, 3}) {
            const Configs configs{{.walkers = walkers}};
            const sim::Plan plan{.seed = seed, .replicates = 4};
            EXPECT_EQ(warm(kept, configs, plan).of, cold(configs, plan).of);
        }
    EXPECT_EQ(kept.size(), 16) << "of two seeds and two numbers of walkers";
    kept.open({.walkers = 2}, 1);
    EXPECT_TRUE(kept.has({.walkers = 2, .drift = 9}));
    EXPECT_FALSE(kept.has({.walkers = 3}));
}

TEST(Beginnings, TakeNoMoreMemoryThanAllowed) {
    sim::Beginnings<Placed> kept(1000);  // ten states
    const Configs configs{{.drift = 1}};
    const sim::Plan of_one{.seed = 1, .replicates = 25, .threads = 2};
    EXPECT_EQ(warm(kept, configs, of_one).of, cold(configs, of_one).of);
    EXPECT_EQ(kept.size(), 10);
    begun = 0;
    static_cast<void>(warm(kept, configs, of_one));
    EXPECT_EQ(begun, 15) << "those that are kept stay, or a run longer than the room would find none";
    // Another seed drives out the first.
    static_cast<void>(warm(kept, configs, {.seed = 2, .replicates = 3}));
    EXPECT_EQ(kept.size(), 3);
    EXPECT_EQ(kept.bytes(), 300);
    sim::Beginnings<Placed> none(0);
    EXPECT_EQ(warm(none, configs, of_one).of, cold(configs, of_one).of);
    EXPECT_EQ(none.size(), 0);
}

TEST(Beginnings, ForgetTheWishToStopOfTheRunThatMadeThem) {
    sim::Beginnings<Placed> kept(1'000'000);
    const Configs configs{{.drift = 1}};
    {
        const auto stop = std::make_unique<std::atomic<bool>>(false);
        static_cast<void>(warm(kept, configs, {.seed = 1, .replicates = 4, .stop = stop.get()}));
        *stop = true;
        const sim::Plan later{.seed = 1, .replicates = 4};
        EXPECT_EQ(warm(kept, configs, later).of, cold(configs, later).of);
    }
    std::atomic<bool> stop = true;
    Positions found;
    EXPECT_TRUE(
        sim::run_ensemble_from<Placed>(&kept, configs, {.seed = 1, .replicates = 4, .stop = &stop}, found).interrupted);
}

}  // namespace
