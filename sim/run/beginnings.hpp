// States of replicates before their first step, kept in memory from one run to the next: runs that differ only in what
// comes later need not begin again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "sim/parallel/stop.hpp"
#include "sim/run/model.hpp"

namespace sim {

// Of some configurations and seeds, each with its own states. Where there is no room for a further one, the states of
// the configuration that was opened longest ago go; those of the open one stay, since a run asks for its replicates in
// one order again and again. Threads may find and keep at a time, but none may open while others do.
template <Model M>
class Beginnings {
public:
    explicit Beginnings(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    // From now on states are those of runs that begin as this configuration does.
    void open(const typename M::Config& config, std::uint64_t seed) {
        for (auto group = groups_.begin(); group != groups_.end(); ++group)
            if (group->seed == seed && M::begins_alike(group->config, config))
                return groups_.splice(groups_.begin(), groups_, group);
        groups_.push_front({config, seed, {}, 0});
    }

    [[nodiscard]] bool has(const typename M::Config& config) const {
        return M::begins_alike(groups_.front().config, config);
    }

    // None where it is not kept.
    [[nodiscard]] std::shared_ptr<const typename M::State> find(std::size_t replicate) const {
        const std::scoped_lock lock(mutex_);
        const auto& states = groups_.front().states;
        const auto found = states.find(replicate);
        return found == states.end() ? nullptr : found->second;
    }

    void keep(std::size_t replicate, const typename M::State& state) {
        const auto bytes = bytes_of(state);
        {
            const std::scoped_lock lock(mutex_);
            while (bytes_ + bytes > most_bytes_ && groups_.size() > 1) {
                bytes_ -= groups_.back().bytes;
                groups_.pop_back();
            }
            if (bytes_ + bytes > most_bytes_) return;
        }
        auto kept = std::make_shared<typename M::State>(state);
        if constexpr (requires { M::listen(*kept, Stop()); }) M::listen(*kept, Stop());
        const std::scoped_lock lock(mutex_);
        auto& group = groups_.front();
        if (!group.states.emplace(replicate, std::move(kept)).second) return;
        group.bytes += bytes;
        bytes_ += bytes;
    }

    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t most_bytes() const { return most_bytes_; }
    // Of all configurations.
    [[nodiscard]] std::size_t size() const {
        std::size_t all = 0;
        for (const auto& group : groups_) all += group.states.size();
        return all;
    }

private:
    struct Group {
        typename M::Config config;
        std::uint64_t seed;
        std::map<std::size_t, std::shared_ptr<const typename M::State>> states;  // by replicate
        std::size_t bytes;
    };

    static std::size_t bytes_of(const typename M::State& state) {
        if constexpr (requires { M::bytes(state); })
            return M::bytes(state);
        else
            return sizeof(state);
    }

    std::size_t most_bytes_, bytes_ = 0;
    std::list<Group> groups_;  // the open one first
    mutable std::mutex mutex_;
};

}  // namespace sim
