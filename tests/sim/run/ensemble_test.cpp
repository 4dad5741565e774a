// The engine on a model whose mean and variance are known.
#include "sim/run/ensemble.hpp"

#include <cmath>
#include <map>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/toy/walk.hpp"

namespace {

using toy::Walk;

struct Collect {
    std::map<std::size_t, std::vector<double>> records;
    std::map<std::size_t, std::string> failures;
    std::vector<std::size_t> order;

    void write(std::size_t replicate, const Walk::Record& record) {
        auto& values = records[replicate];
        for (const auto column : sim::columns_of(record)) values.insert(values.end(), column.begin(), column.end());
        order.push_back(replicate);
    }
    void fail(std::size_t replicate, int step, const std::string& message) {
        failures[replicate] = std::to_string(step) + " " + message;
        order.push_back(replicate);
    }
};
static_assert(sim::Sink<Collect, Walk::Record>);

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
    static_cast<void>(sim::run_ensemble<Walk>({}, {.seed = 3, .replicates = 100, .threads = 1}, one));
    for (const int threads : {2, 8}) {
        Collect many;
        static_cast<void>(sim::run_ensemble<Walk>({}, {.seed = 3, .replicates = 100, .threads = threads}, many));
        EXPECT_EQ(many.records, one.records);
        EXPECT_EQ(many.order, one.order);
    }
}

TEST(Ensemble, IsTheSameInShards) {
    Collect whole;
    Collect shards;
    static_cast<void>(sim::run_ensemble<Walk>({}, {.seed = 3, .replicates = 10}, whole));
    static_cast<void>(sim::run_ensemble<Walk>({}, {.seed = 3, .replicates = 6, .first_replicate = 4}, shards));
    static_cast<void>(sim::run_ensemble<Walk>({}, {.seed = 3, .replicates = 4}, shards));
    EXPECT_EQ(shards.records, whole.records);
}

TEST(Ensemble, RecordsTheReplicateThatBreaksAndFinishesTheOthers) {
    Collect broken;
    std::size_t ended = 0;
    sim::Progress progress([&](std::size_t so_far) { ended = so_far; });
    const auto outcome =
        sim::run_ensemble<Walk>({.breaks_at = 3}, {.seed = 5, .replicates = 8, .threads = 2}, broken, progress);
    ASSERT_EQ(outcome.failures.size(), 1);
    EXPECT_EQ(outcome.failures[0].replicate, 3);
    EXPECT_EQ(outcome.failures[0].step, 2);
    EXPECT_EQ(broken.failures.at(3), "2 positions do not add up to the steps taken");
    EXPECT_EQ(broken.order, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7}));
    EXPECT_EQ(ended, 8);
    EXPECT_FALSE(outcome.interrupted);

    Collect sound;
    static_cast<void>(sim::run_ensemble<Walk>({}, {.seed = 5, .replicates = 8}, sound));
    sound.records.erase(3);
    EXPECT_EQ(broken.records, sound.records) << "a failure changes no other replicate";
}

TEST(Ensemble, CarriesNothingFromOneReplicateIntoTheNext) {
    // One thread has two records in use; a value left over would show in a replicate that does not write it.
    struct Forgetful : Walk {
        static void measure(const Config& world, int step, const State& state, Record& record) {
            if (world.breaks) Walk::measure(world, step, state, record);
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
    const auto outcome = sim::run_ensemble<Walk>({}, {.replicates = 10'000, .threads = 2, .stop = &stop}, progress);
    EXPECT_TRUE(outcome.interrupted);
    EXPECT_GE(outcome.replicates, 5);
    EXPECT_LE(outcome.replicates, 10);
}

TEST(Ensemble, EndsWithASinkThatCannotGoOn) {
    struct Full {
        void write(std::size_t replicate, const Walk::Record&) {
            if (replicate == 2) throw sim::FileError("full");
        }
        void fail(std::size_t, int, const std::string&) {}
    } full;
    EXPECT_THROW(static_cast<void>(sim::run_ensemble<Walk>({}, {.replicates = 50, .threads = 2}, full)),
                 sim::FileError);
}

}  // namespace
