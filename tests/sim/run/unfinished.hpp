// A run of the toy that ended early, for the tests of what is left of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/run/ensemble.hpp"
#include "sim/run/parts.hpp"
#include "tests/toy/files.hpp"

namespace run_tests {

class Unfinished : public toy::Folder {
protected:
    static constexpr std::size_t planned = 40;
    [[nodiscard]] static toy::Walk::Config config() { return {.steps = 8, .walkers = 3, .breaks_at = 25}; }
    [[nodiscard]] static std::vector<toy::Walk::Config> scenarios() {
        auto other = config();
        other.drift = 1;
        return {config(), other};
    }
    [[nodiscard]] static sim::Outline outline(std::uint64_t seed = 7) {
        auto layout = toy::layout(scenarios());
        layout.attributes = sim::provenance(seed);
        return {std::move(layout), {.detail = sim::Detail::panels, .panels = 30}, planned};
    }
    [[nodiscard]] std::unique_ptr<sim::Parts> parts(sim::Leftover leftover) const {
        return std::make_unique<sim::Parts>(sim::Target{path()}, all_, sim::Extent{0, planned, planned}, leftover);
    }
    [[nodiscard]] sim::Block simulated(std::size_t first, std::size_t count) const {
        sim::Collector collector(all_.view, 2, all_.layout.panel.size(), first);
        simulate(first, count, collector);
        return collector.take();
    }
    void simulate(std::size_t first, std::size_t count, auto& sink) const {
        const auto configs = scenarios();
        const sim::Plan plan{.seed = 7, .replicates = count, .first_replicate = first, .panels = 30};
        const auto outcome = sim::run_ensemble<toy::Walk>(std::span<const toy::Walk::Config>(configs), plan, sink);
        ASSERT_EQ(outcome.replicates, count);
    }
    // Leaves the first replicates, in two parts.
    void leave(std::size_t first_cut, std::size_t end) const {
        const auto left = parts(sim::Leftover::refuse);
        for (const auto& [from, to] : {std::pair{std::size_t{0}, first_cut}, std::pair{first_cut, end}}) {
            left->add(simulated(from, to - from));
            left->save();
        }
    }
    [[nodiscard]] std::string whole() const {
        toy::write_file(folder_ / "whole.h5", all_, simulated(0, planned));
        return toy::bytes_of(folder_ / "whole.h5");
    }
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "walk.h5"; }
    [[nodiscard]] std::filesystem::path left() const { return sim::Parts::folder_of(path()); }

    sim::Outline all_ = outline();
};

}  // namespace run_tests
