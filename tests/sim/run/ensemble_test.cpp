// The engine on a model whose mean and variance are known.
#include "sim/run/ensemble.hpp"

#include <cmath>
#include <map>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "tests/toy/walk.hpp"

namespace {

using toy::Walk;

// By replicate, and by scenario and replicate where there are several.
struct Collect {
    using Place = std::pair<std::size_t, std::size_t>;
    std::map<Place, std::vector<double>> of_all;
    std::map<Place, sim::Panel> panels;
    std::map<std::size_t, std::vector<double>> records;  // of the first scenario
    std::vector<sim::Failure> failures;
    std::vector<Place> order;  // replicate, scenario

    void write(std::size_t scenario, std::size_t replicate, const Walk::Record& record, const sim::Panel& panel) {
        auto& values = of_all[{scenario, replicate}];
        for (const auto column : sim::columns_of(record)) values.insert(values.end(), column.begin(), column.end());
        if (scenario == 0) records[replicate] = values;
        if (!panel.empty()) panels[{scenario, replicate}] = panel;
        order.emplace_back(replicate, scenario);
    }
    void fail(const sim::Failure& failure) {
        failures.push_back(failure);
        order.emplace_back(failure.replicate, failure.scenario);
    }
    [[nodiscard]] std::vector<Place> failed() const {
        std::vector<Place> places;
        for (const auto& failure : failures) places.emplace_back(failure.scenario, failure.replicate);
        return places;
    }
};
static_assert(sim::Sink<Collect, Walk::Record>);

std::vector<Collect::Place> order_of(std::size_t replicates, std::size_t scenarios) {
    std::vector<Collect::Place> order;
    for (std::size_t i = 0; i < replicates; ++i)
        for (std::size_t scenario = 0; scenario < scenarios; ++scenario) order.emplace_back(i, scenario);
    return order;
}

TEST(Ensemble, HasTheKnownMeanAndVariance) {
    const Walk::Config config{.steps = 9, .walkers = 1, .drift = 0.5, .drift_spread = 0.3, .volatility = 2};
    constexpr std::uint32_t n = 20'000;
    Collect all;
    const auto outcome = sim::run_ensemble<Walk>(config, {.seed = 11, .replicates = n, .threads = 2}, all);
    ASSERT_EQ(outcome.replicates, n);
    double sum = 0;
    double squares = 0;
    for (const auto& [replicate, values] : all.records) {
        const double last = values[8];  // one walker: the ninth position
        sum += last;
        squares += last * last;
    }
    const double mean = sum / n;
    const double variance = squares / n - mean * mean;
    const double expected = 9 * 4 + 81 * 0.09;  // volatility^2 t + spread^2 t^2
    EXPECT_NEAR(mean, 4.5, 4 * std::sqrt(expected / n));
    EXPECT_NEAR(variance / expected, 1, 4 * std::sqrt(2.0 / n));
}

TEST(Ensemble, IsTheSameForAnyNumberOfThreads) {
    Collect one;
    static_cast<void>(sim::run_ensemble<Walk>(Walk::Config{}, {.seed = 3, .replicates = 100, .threads = 1}, one));
    for (const int threads : {2, 8}) {
        Collect many;
        static_cast<void>(
            sim::run_ensemble<Walk>(Walk::Config{}, {.seed = 3, .replicates = 100, .threads = threads}, many));
        EXPECT_EQ(many.records, one.records);
        EXPECT_EQ(many.order, one.order);
    }
}

TEST(Ensemble, IsTheSameInShards) {
    Collect whole;
    Collect shards;
    static_cast<void>(sim::run_ensemble<Walk>(Walk::Config{}, {.seed = 3, .replicates = 10}, whole));
    static_cast<void>(
        sim::run_ensemble<Walk>(Walk::Config{}, {.seed = 3, .replicates = 6, .first_replicate = 4}, shards));
    static_cast<void>(sim::run_ensemble<Walk>(Walk::Config{}, {.seed = 3, .replicates = 4}, shards));
    EXPECT_EQ(shards.records, whole.records);
}

TEST(Ensemble, RecordsTheReplicateThatBreaksAndFinishesTheOthers) {
    Collect broken;
    std::size_t ended = 0;
    sim::Progress progress([&](std::size_t so_far) { ended = so_far; });
    const auto outcome =
        sim::run_ensemble<Walk>({.breaks_at = 3}, {.seed = 5, .replicates = 8, .threads = 2}, broken, progress);
    ASSERT_EQ(outcome.failures, 1);
    ASSERT_EQ(broken.failures.size(), 1);
    EXPECT_EQ(broken.failures[0].replicate, 3);
    EXPECT_EQ(broken.failures[0].step, 2);
    EXPECT_EQ(broken.failures[0].message, "positions do not add up to the steps taken");
    EXPECT_EQ(broken.order, order_of(8, 1));
    EXPECT_EQ(ended, 8);
    EXPECT_FALSE(outcome.interrupted);

    Collect sound;
    static_cast<void>(sim::run_ensemble<Walk>(Walk::Config{}, {.seed = 5, .replicates = 8}, sound));
    sound.records.erase(3);
    EXPECT_EQ(broken.records, sound.records) << "a failure changes no other replicate";
}

TEST(Ensemble, CarriesNothingFromOneReplicateIntoTheNext) {
    // One thread has two records in use; a value left over would show in a replicate that does not write it.
    struct Forgetful : Walk {
        static void measure(const Config& own, int step, const State& state, Record& record) {
            if (own.breaks) Walk::measure(own, step, state, record);
        }
        static void check(const Config&, const State&) {}
    };
    Collect all;
    static_cast<void>(sim::run_ensemble<Forgetful>({.breaks_at = 0}, {.replicates = 6}, all));
    EXPECT_FALSE(std::isnan(all.records.at(0)[0]));
    for (std::size_t replicate = 1; replicate < 6; ++replicate) EXPECT_TRUE(std::isnan(all.records.at(replicate)[0]));
}

TEST(Ensemble, StopsWhenAsked) {
    std::atomic<bool> stop = false;
    sim::Progress progress([&](std::size_t ended) { stop = ended >= 5; });
    const auto outcome =
        sim::run_ensemble<Walk>(Walk::Config{}, {.replicates = 10'000, .threads = 2, .stop = &stop}, progress);
    EXPECT_TRUE(outcome.interrupted);
    EXPECT_GE(outcome.replicates, 5);
    EXPECT_LE(outcome.replicates, 10);
}

// Of five scenarios, which are two tasks of a replicate: the wish comes while the second scenario of replicate 3, or
// the last, is on its way.
struct Interrupting : Walk {
    struct Config : Walk::Config {
        std::atomic<bool>* stop = nullptr;
        bool interrupts = false;
    };
    static Config draw_config(const Config& config, sim::Draws draws) {
        Config own = config;
        static_cast<Walk::Config&>(own) = Walk::draw_config(config, draws);
        own.interrupts = config.interrupts && draws.replicate == 3;
        return own;
    }
    static void step(const Config& own, sim::Draws draws, int step, State& state) {
        if (own.interrupts && step == 5) *own.stop = true;
        EXPECT_TRUE(!own.interrupts || step <= 5) << "the step after the wish is not taken";
        Walk::step(own, draws, step, state);
    }
};

TEST(Ensemble, GivesUpAReplicateOnItsWay) {
    for (const std::size_t interrupting : {std::size_t{1}, std::size_t{4}}) {
        std::atomic<bool> stop = false;
        std::vector<Interrupting::Config> scenarios(5);
        for (auto& scenario : scenarios) scenario.stop = &stop;
        scenarios[interrupting].interrupts = true;
        struct Withdrawing : Collect {
            std::size_t withdrawn = 0;
            void withdraw() { ++withdrawn; }
        } all;
        const auto outcome =
            sim::run_ensemble<Interrupting>(std::span<const Interrupting::Config>(scenarios),
                                            {.seed = 5, .replicates = 9, .threads = 1, .stop = &stop}, all);
        EXPECT_TRUE(outcome.interrupted);
        EXPECT_EQ(outcome.replicates, 3);
        EXPECT_EQ(outcome.failures, 0) << "an interruption is no failure";
        auto printed = order_of(3, 5);
        if (interrupting == 4)  // the first task of the replicate was whole, and is taken back
            for (std::size_t scenario = 0; scenario < 4; ++scenario) printed.emplace_back(3, scenario);
        EXPECT_EQ(all.order, printed);
        EXPECT_EQ(all.withdrawn, interrupting == 4 ? 1 : 0);
    }
}

// Long work of a model of its own, that looks at the wish by itself.
TEST(Ensemble, HandsTheWishToStopToTheInitialState) {
    struct Slow : Walk {
        static State initial(const Config& own, sim::Draws draws, sim::Stop stop = {}) {
            for (;;) stop.look();
            return Walk::initial(own, draws);
        }
    };
    std::atomic<bool> stop = false;
    std::jthread ask([&] { stop = true; });
    Collect all;
    const auto outcome = sim::run_ensemble<Slow>(Walk::Config{}, {.replicates = 2, .stop = &stop}, all);
    EXPECT_TRUE(outcome.interrupted);
    EXPECT_TRUE(all.order.empty());
}

// Of a replicate under many scenarios nothing is left when the run is stopped between two of its tasks.
TEST(Ensemble, WithdrawsAReplicateThatLacksScenarios) {
    const std::vector<Walk::Config> scenarios(23);
    struct Counting {
        std::size_t written = 0, withdrawn = 0;
        std::atomic<bool>* stop;
        void write(std::size_t, std::size_t, const Walk::Record&, const sim::Panel&) { *stop = ++written >= 30; }
        void fail(const sim::Failure&) {}
        void withdraw() { ++withdrawn; }
    };
    std::atomic<bool> stop = false;
    Counting counting{.stop = &stop};
    const auto outcome = sim::run_ensemble<Walk>(std::span<const Walk::Config>(scenarios),
                                                 {.replicates = 100, .threads = 1, .stop = &stop}, counting);
    EXPECT_TRUE(outcome.interrupted);
    EXPECT_EQ(outcome.replicates, 1);
    EXPECT_EQ(counting.withdrawn, 1);
    EXPECT_LT(counting.written, 46);
}

TEST(Ensemble, EndsWithASinkThatCannotGoOn) {
    struct Full {
        void write(std::size_t, std::size_t replicate, const Walk::Record&, const sim::Panel&) {
            if (replicate == 2) throw sim::FileError("full");
        }
        void fail(const sim::Failure&) {}
    } full;
    EXPECT_THROW(static_cast<void>(sim::run_ensemble<Walk>(Walk::Config{}, {.replicates = 50, .threads = 2}, full)),
                 sim::FileError);
}

// ---- several scenarios

// Of five walkers or four, in one task and the next; equal numbers of walkers begin alike.
std::vector<Walk::Config> scenarios(std::size_t count) {
    std::vector<Walk::Config> all(count);
    for (std::size_t i = 0; i < count; ++i) all[i].drift = 0.1 * static_cast<double>(i);
    return all;
}

// The same walk, but every walker begins at a place of its own, and who begins where is recorded.
struct Settled : Walk {
    struct Config : Walk::Config {
        int home = 0;
    };
    static inline std::atomic<int> begun = 0, adopted = 0;
    static Config draw_config(const Config& config, sim::Draws draws) {
        auto own = config;
        static_cast<Walk::Config&>(own) = Walk::draw_config(config, draws);
        return own;
    }
    static bool begins_alike(const Config& one, const Config& other) { return one.home == other.home; }
    static State initial(const Config& own, sim::Draws draws) {
        ++begun;
        auto state = Walk::initial(own, draws);
        for (std::size_t i = 0; i < state.positions.size(); ++i) {
            state.positions[i] = own.home + draws.at(sim::purpose("toy home"), 0).normals(i)[0];
            state.moved += state.positions[i];
        }
        return state;
    }
    static void adopt(const Config&, State&) { ++adopted; }
};
static_assert(sim::Model<Settled>);

std::vector<Settled::Config> settled(const std::vector<int>& homes) {
    std::vector<Settled::Config> all(homes.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].drift = 0.1 * static_cast<double>(i);
        all[i].home = homes[i];
    }
    return all;
}

template <class Model>
void expect_as_run_alone(const std::vector<typename Model::Config>& scenarios, std::size_t replicates) {
    std::vector<Collect> alone(scenarios.size());
    for (std::size_t i = 0; i < scenarios.size(); ++i)
        static_cast<void>(
            sim::run_ensemble<Model>(scenarios[i], {.seed = 3, .replicates = replicates, .panels = 2}, alone[i]));
    for (const int threads : {1, 2, 8}) {
        Collect all;
        const auto outcome =
            sim::run_ensemble<Model>(std::span<const typename Model::Config>(scenarios),
                                     {.seed = 3, .replicates = replicates, .threads = threads, .panels = 2}, all);
        EXPECT_EQ(outcome.replicates, replicates);
        EXPECT_EQ(all.order, order_of(replicates, scenarios.size()));
        for (std::size_t i = 0; i < scenarios.size(); ++i)
            for (std::size_t replicate = 0; replicate < replicates; ++replicate) {
                EXPECT_EQ(all.of_all.at({i, replicate}), alone[i].records.at(replicate)) << i << ", " << replicate;
                EXPECT_EQ(all.panels.count({i, replicate}), replicate < 2 ? 1U : 0U);
                if (replicate < 2) {
                    EXPECT_EQ(all.panels.at({i, replicate}), alone[i].panels.at({0, replicate}));
                }
            }
    }
}

TEST(Scenarios, AreSimulatedAsIfEachWereAlone) {
    for (const std::size_t count : {1, 2, 4, 5, 9}) expect_as_run_alone<Walk>(scenarios(count), 12);
}

TEST(Scenarios, ShareAnInitialStateWhereTheyBeginAlike) {
    for (const auto& homes :
         std::vector<std::vector<int>>{{1, 1, 1, 1}, {1, 2, 1, 2}, {1, 2, 3, 4}, {1, 1, 1, 1, 1, 2}})
        expect_as_run_alone<Settled>(settled(homes), 6);

    const auto count = [](const std::vector<int>& homes) {
        Settled::begun = Settled::adopted = 0;
        Collect all;
        const auto configs = settled(homes);
        static_cast<void>(
            sim::run_ensemble<Settled>(std::span<const Settled::Config>(configs), {.replicates = 10}, all));
        return std::pair(Settled::begun.load(), Settled::adopted.load());
    };
    EXPECT_EQ(count({1, 1, 1, 1}), std::pair(10, 30));
    EXPECT_EQ(count({1, 2, 1, 2}), std::pair(20, 20));
    EXPECT_EQ(count({1, 2, 3, 4}), std::pair(40, 0));
}

TEST(Scenarios, ThatFailDoNoHarmToThoseThatFollow) {
    auto configs = settled({1, 1, 1});
    const auto simulate = [&] {
        Collect all;
        static_cast<void>(
            sim::run_ensemble<Settled>(std::span<const Settled::Config>(configs), {.replicates = 6}, all));
        return all;
    };
    const auto sound = simulate();
    configs[0].breaks_at = 4;
    const auto broken = simulate();
    EXPECT_EQ(broken.failed(), (std::vector<Collect::Place>{{0, 4}}));
    auto expected = sound.of_all;
    expected.erase({0, 4});
    EXPECT_EQ(broken.of_all, expected);

    struct Homeless : Settled {  // its leader has no state to leave behind
        static State initial(const Config& own, sim::Draws draws) {
            if (own.drift < 0.05) throw sim::InvariantError("no home");
            return Settled::initial(own, draws);
        }
        static Config draw_config(const Config& config, sim::Draws) { return config; }
    };
    auto same = settled({1, 1, 1});
    Collect homeless;
    static_cast<void>(sim::run_ensemble<Homeless>(std::span<const Settled::Config>(same), {.replicates = 2}, homeless));
    EXPECT_EQ(homeless.failed(), (std::vector<Collect::Place>{{0, 0}, {0, 1}}));
    EXPECT_EQ(homeless.failures[0].step, -1);
    EXPECT_EQ(homeless.of_all.size(), 4);
}

TEST(Scenarios, LeaveWholeReplicatesWhereARunStops) {
    struct Withdrawing : Collect {
        void withdraw() {
            const auto last = order.back().first;
            std::erase_if(order, [&](const Place& place) { return place.first == last; });
        }
    };
    const auto configs = scenarios(9);  // three tasks a replicate
    for (const int threads : {1, 2, 8})
        for (const std::size_t runs : {1, 5, 13}) {
            std::atomic<bool> stop = false;
            Withdrawing all;
            sim::Progress progress([&](std::size_t ended) { stop = stop || ended >= runs; });
            const auto outcome =
                sim::run_ensemble<Walk>(std::span<const Walk::Config>(configs),
                                        {.replicates = 1000, .threads = threads, .stop = &stop}, all, progress);
            EXPECT_TRUE(outcome.interrupted);
            EXPECT_EQ(all.order, order_of(outcome.replicates, configs.size()));
        }
}

TEST(Scenarios, GiveUpAtTheSameReplicateForAnyNumberOfThreads) {
    struct Brittle : Walk {  // breaks in every third replicate, under the last scenario
        static Config draw_config(const Config& config, sim::Draws draws) {
            auto own = Walk::draw_config(config, draws);
            own.breaks = config.drift > 0.35 && draws.replicate % 3 == 1;
            return own;
        }
    };
    const auto configs = scenarios(5);
    for (const int threads : {1, 2, 8})
        for (const std::size_t most : {0, 1, 3}) {
            Collect all;
            const auto outcome =
                sim::run_ensemble<Brittle>(std::span<const Walk::Config>(configs),
                                           {.replicates = 100, .threads = threads, .most_failures = most}, all);
            EXPECT_TRUE(outcome.gave_up);
            EXPECT_FALSE(outcome.interrupted);
            EXPECT_EQ(outcome.failures, most + 1);
            EXPECT_EQ(outcome.replicates, 3 * most + 2) << "with the replicate that exceeds it";
            EXPECT_EQ(all.order, order_of(3 * most + 2, 5));
        }
    Collect all;
    const auto outcome =
        sim::run_ensemble<Brittle>(std::span<const Walk::Config>(configs), {.replicates = 9, .most_failures = 3}, all);
    EXPECT_FALSE(outcome.gave_up) << "three of nine are allowed";
    EXPECT_EQ(outcome.replicates, 9);
}

}  // namespace
