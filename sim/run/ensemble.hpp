// A model played forward many times: replicates in parallel, their records handed on in order.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/parallel/pipeline.hpp"
#include "sim/run/model.hpp"

namespace sim {

struct Plan {
    std::uint64_t seed = 0;
    std::uint32_t replicates = 1;
    int threads = 1;
    std::uint32_t first_replicate = 0;        // a shard is a run that starts later
    const std::atomic<bool>* stop = nullptr;  // set it, and no further replicate begins
};

struct Failure {
    std::uint32_t replicate;
    int step;  // below zero: before the first
    std::string message;
};

struct Outcome {
    std::uint32_t replicates = 0;  // that came to an end, well or not
    std::vector<Failure> failures;
    bool interrupted = false;
};

// Whoever receives replicates, in ascending order and one at a time: the results file, a summary, a progress bar.
template <class S, class Record>
concept Sink = requires(S& sink, std::size_t replicate, const Record& record, const std::string& message) {
    sink.write(replicate, record);
    sink.fail(replicate, 0, message);
};

// The sink that only counts: calls back with the number of replicates that have ended.
template <std::invocable<std::size_t> Callback>
class Progress {
public:
    explicit Progress(Callback callback) : callback_(std::move(callback)) {}
    void write(std::size_t, const auto&) { callback_(++ended_); }
    void fail(std::size_t, int, const std::string&) { callback_(++ended_); }

private:
    Callback callback_;
    std::size_t ended_ = 0;
};

// One replicate. `step` says how far it came, for whoever catches what it throws.
template <Model M>
void simulate(const typename M::Config& config, Draws draws, typename M::Record& record, int& step) {
    step = -1;
    const auto world = M::world(config, draws);
    auto state = M::initial(world, draws);
    const int steps = M::steps(config);
    for (step = 0; step < steps; ++step) {
        M::step(world, draws, step, state);
        M::check(world, state);
        M::measure(world, step, state, record);
    }
    M::conclude(world, state, record);
}

// A replicate that throws is reported to the sinks as failed and the others go on; what a sink throws ends the run.
template <Model M, Sink<typename M::Record>... Sinks>
[[nodiscard]] Outcome run_ensemble(const typename M::Config& config, const Plan& plan, Sinks&... sinks) {
    struct Ended {
        std::optional<typename M::Record> record;
        std::optional<Failure> failure;
    };
    const auto blank = M::blank(config);
    Outcome outcome;
    const auto produce = [&](std::size_t index, Ended& ended) {
        const auto replicate = plan.first_replicate + static_cast<std::uint32_t>(index);
        ended.record = blank;  // into the memory of the record before
        ended.failure.reset();
        int step = -1;
        try {
            simulate<M>(config, {plan.seed, replicate}, *ended.record, step);
        } catch (const std::exception& error) {
            ended.failure = Failure{replicate, step, error.what()};
        }
    };
    const auto consume = [&](std::size_t index, Ended& ended) {
        const std::size_t replicate = plan.first_replicate + index;
        if (ended.failure) {
            (sinks.fail(replicate, ended.failure->step, ended.failure->message), ...);
            outcome.failures.push_back(std::move(*ended.failure));
        } else {
            (sinks.write(replicate, *ended.record), ...);
        }
        ++outcome.replicates;
    };
    in_order<Ended>(plan.replicates, plan.threads, produce, consume, plan.stop);
    outcome.interrupted = outcome.replicates < plan.replicates;
    return outcome;
}

}  // namespace sim
