// A model simulated many times under one or several configurations: replicates in parallel, handed on in order.
//
// The configurations of a run, its scenarios, share the draws of every replicate, and where they begin alike also its
// initial state, which is then computed once.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/parallel/pipeline.hpp"
#include "sim/parallel/stop.hpp"
#include "sim/record/block.hpp"
#include "sim/run/beginnings.hpp"
#include "sim/run/model.hpp"

namespace sim {

struct Plan {
    std::uint64_t seed = 0;
    std::size_t replicates = 1;
    int threads = 1;
    std::size_t first_replicate = 0;                // a shard is a run that starts later
    std::size_t panels = 0;                         // of the first so many replicates the single agents are handed on
    std::optional<std::size_t> most_failures = {};  // the run ends with the replicate that exceeds it
    // Set it, and the run ends: replicates that have begun are given up on the way, however long they would take.
    const std::atomic<bool>* stop = nullptr;
};

struct Outcome {
    std::size_t replicates = 0;  // that came to an end under every scenario, well or not
    std::size_t failures = 0;
    bool interrupted = false;
    bool gave_up = false;  // more failed than the plan allows
};

// A receiver of replicates, one at a time in ascending order, and each under the scenarios in theirs: the results
// file, a summary, a progress bar. Where a run ends before a replicate has come under all of its scenarios, a sink that
// has withdraw() is asked by it to forget what it has of that replicate.
template <class S, class Record>
concept Sink = requires(S& sink, std::size_t scenario, std::size_t replicate, const Record& record, const Panel& panel,
                        const Failure& failure) {
    sink.write(scenario, replicate, record, panel);
    sink.fail(failure);
};

// The sink that only counts: calls back with the number of runs that have ended.
template <std::invocable<std::size_t> Callback>
class Progress {
public:
    explicit Progress(Callback callback) : callback_(std::move(callback)) {}
    void write(std::size_t, std::size_t, const auto&, const Panel&) { callback_(++ended_); }
    void fail(const Failure&) { callback_(++ended_); }

private:
    Callback callback_;
    std::size_t ended_ = 0;
};

// One replicate from a state that has begun. `step` says how far it came, for the code that catches what it throws.
template <Model M>
void run_steps(const typename M::Config& own, Draws draws, typename M::State& state, typename M::Record& record,
               Panel* panel, int& step, Stop stop = {}) {
    const int steps = M::steps(own);
    for (step = 0; step < steps; ++step) {
        stop.look();
        M::step(own, draws, step, state);
        M::check(own, state);
        M::measure(own, step, state, record);
        if (panel != nullptr) M::observe(own, step, state, *panel);
    }
    M::conclude(own, state, record);
}

// The state before the first step; a model that takes long to make it, or a step of it, takes the wish to stop along.
template <Model M>
typename M::State begin(const typename M::Config& own, Draws draws, Stop stop) {
    if constexpr (requires { M::initial(own, draws, stop); })
        return M::initial(own, draws, stop);
    else
        return M::initial(own, draws);
}

template <Model M>
void simulate(const typename M::Config& config, Draws draws, typename M::Record& record, Panel* panel, int& step) {
    step = -1;
    const auto own = M::draw_config(config, draws);
    auto state = M::initial(own, draws);
    run_steps<M>(own, draws, state, record, panel, step);
}

namespace ensemble {

// What one task computes: a replicate under some consecutive scenarios.
constexpr std::size_t scenarios_of_task = 4;

template <Model M>
struct Finished {
    std::optional<typename M::Record> record;
    Panel panel;
    std::optional<Failure> failure;
    bool is_interrupted = false;
};

// What may be indexed for configurations: a span of them, or something that makes them when they are needed, where
// there are more than memory should hold.
template <class S, class Config>
concept Configurations = requires(const S& scenarios, std::size_t i) {
    { scenarios.size() } -> std::convertible_to<std::size_t>;
    { scenarios[i] } -> std::convertible_to<const Config&>;
};

template <Model M, Configurations<typename M::Config> Scenarios>
class Task {
public:
    Task(const Scenarios& scenarios, const Plan& plan, Beginnings<M>* beginnings)
        : scenarios_(scenarios),
          plan_(plan),
          beginnings_(beginnings),
          blank_(M::blank(scenarios[0])),
          last_follower_(scenarios.size()) {
        if (beginnings_ != nullptr) beginnings_->open(scenarios[0], plan.seed);
        for (std::size_t i = 0; i < scenarios.size(); ++i) {
            has_beginnings_.push_back(beginnings_ != nullptr && (i == 0 || beginnings_->has(scenarios[i])));
            leader_.push_back(i / scenarios_of_task * scenarios_of_task);
            while (leader_[i] < i && !M::begins_alike(scenarios[leader_[i]], scenarios[i])) ++leader_[i];
            last_follower_[leader_[i]] = i;
        }
    }

    [[nodiscard]] std::size_t tasks_of_replicate() const {
        return (scenarios_.size() + scenarios_of_task - 1) / scenarios_of_task;
    }

    void operator()(std::size_t index, std::vector<Finished<M>>& all) const {
        const auto replicate = plan_.first_replicate + index / tasks_of_replicate();
        const auto first = index % tasks_of_replicate() * scenarios_of_task;
        all.resize(std::min(scenarios_of_task, scenarios_.size() - first));
        std::vector<std::optional<typename M::State>> begun(all.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            one(first + i, replicate, begun[leader_[first + i] - first], all[i]);
    }

private:
    // `begun` is where the scenario's leader leaves its initial state for others.
    void one(std::size_t scenario, std::size_t replicate, std::optional<typename M::State>& begun,
             Finished<M>& simulated) const {
        const Draws draws{plan_.seed, static_cast<std::uint32_t>(replicate)};
        const bool is_observed = replicate < plan_.panels;
        simulated.record = blank_;  // into the memory of the record before
        simulated.panel.assign(is_observed ? M::panel_columns().size() : 0, {});
        simulated.failure.reset();
        simulated.is_interrupted = false;
        int step = -1;
        const Stop stop(plan_.stop);
        try {
            stop.look();
            const auto own = M::draw_config(scenarios_[scenario], draws);
            const bool follows = leader_[scenario] != scenario && begun;
            auto state = follows ? handed_on(scenario, *begun) : begun_before(scenario, own, draws, stop);
            if (follows) M::adopt(own, state);
            if (last_follower_[scenario] > scenario) begun = state;
            run_steps<M>(own, draws, state, *simulated.record, is_observed ? &simulated.panel : nullptr, step, stop);
        } catch (const Interrupted&) {
            simulated.is_interrupted = true;
        } catch (const std::exception& error) {
            simulated.failure = Failure{scenario, replicate, step, error.what()};
        }
    }

    // The state of an earlier run, where it is kept; else one that later runs may find.
    typename M::State begun_before(std::size_t scenario, const typename M::Config& own, Draws draws, Stop stop) const {
        if (!has_beginnings_[scenario]) return begin<M>(own, draws, stop);
        if (const auto kept = beginnings_->find(draws.replicate)) {
            auto state = *kept;
            if constexpr (requires { M::listen(state, stop); }) M::listen(state, stop);
            M::adopt(own, state);
            return state;
        }
        auto state = begin<M>(own, draws, stop);
        beginnings_->keep(draws.replicate, state);
        return state;
    }

    // The last to follow may have it as its own.
    typename M::State handed_on(std::size_t scenario, typename M::State& begun) const {
        if (last_follower_[leader_[scenario]] == scenario) return std::move(begun);
        return begun;
    }

    const Scenarios& scenarios_;
    const Plan& plan_;
    Beginnings<M>* beginnings_;         // none where nothing is kept
    std::vector<char> has_beginnings_;  // of each scenario, whether it begins as those do
    typename M::Record blank_;
    std::vector<std::size_t> leader_;         // of each scenario the first one of its task that begins alike
    std::vector<std::size_t> last_follower_;  // of each leader; itself where there is none
};

}  // namespace ensemble

// A replicate that throws is reported to the sinks as failed and the others continue; what a sink throws ends the run.
// A run that is stopped begins no further task, and withdraws a replicate of which it has only some scenarios. The
// scenarios have records of one extent. States come from `beginnings`, where those that are missing are kept.
template <Model M, ensemble::Configurations<typename M::Config> Scenarios, Sink<typename M::Record>... Sinks>
[[nodiscard]] Outcome run_ensemble_from(Beginnings<M>* beginnings, const Scenarios& scenarios, const Plan& plan,
                                        Sinks&... sinks) {
    const ensemble::Task<M, Scenarios> task(scenarios, plan, beginnings);
    Outcome outcome;
    std::atomic<bool> given_up = false;
    const auto withdraw = [](auto& sink) {
        if constexpr (requires { sink.withdraw(); }) sink.withdraw();
    };
    bool broken_off = false;
    const auto consume = [&](std::size_t index, std::vector<ensemble::Finished<M>>& all) {
        if (outcome.gave_up || broken_off) return;  // begun before it was known
        const auto replicate = plan.first_replicate + index / task.tasks_of_replicate();
        const auto first = index % task.tasks_of_replicate() * ensemble::scenarios_of_task;
        broken_off = std::any_of(all.begin(), all.end(), [](const auto& each) { return each.is_interrupted; });
        if (broken_off && first > 0) (withdraw(sinks), ...);
        if (broken_off) return;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto& [record, panel, failure, is_interrupted] = all[i];
            if (failure)
                (sinks.fail(*failure), ...);
            else
                (sinks.write(first + i, replicate, *record, panel), ...);
            outcome.failures += failure.has_value();
        }
        if (first + all.size() < scenarios.size()) return;
        ++outcome.replicates;
        outcome.gave_up = plan.most_failures && outcome.failures > *plan.most_failures;
        given_up = outcome.gave_up;
    };
    const auto stopped = [&] { return given_up || (plan.stop != nullptr && *plan.stop); };
    const auto consumed = in_order<std::vector<ensemble::Finished<M>>>(plan.replicates * task.tasks_of_replicate(),
                                                                       plan.threads, task, consume, stopped);
    const bool is_partial = consumed % task.tasks_of_replicate() != 0;
    if (is_partial && !broken_off && !outcome.gave_up) (withdraw(sinks), ...);
    outcome.interrupted = outcome.replicates < plan.replicates && !outcome.gave_up;
    return outcome;
}

template <Model M, ensemble::Configurations<typename M::Config> Scenarios, Sink<typename M::Record>... Sinks>
[[nodiscard]] Outcome run_ensemble(const Scenarios& scenarios, const Plan& plan, Sinks&... sinks) {
    return run_ensemble_from<M>(static_cast<Beginnings<M>*>(nullptr), scenarios, plan, sinks...);
}

template <Model M, Sink<typename M::Record>... Sinks>
[[nodiscard]] Outcome run_ensemble(const typename M::Config& config, const Plan& plan, Sinks&... sinks) {
    return run_ensemble<M>(std::span<const typename M::Config>(&config, 1), plan, sinks...);
}

}  // namespace sim
