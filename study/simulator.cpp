#include "study/simulator.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <utility>

#include "sim/math/canonical.hpp"
#include "sim/record/cube.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/scenario/write.hpp"
#include "study/layout.hpp"

namespace jiju {
namespace {

using growth::Growth;

using growth::bytes_of;

std::size_t bytes_of(const std::vector<double>& row) {
    return row.size() * sizeof(double);
}

template <class Kept>
std::size_t bytes_in(const Kept& kept) {
    std::size_t bytes = 0;
    for (const auto& [replicate, each] : kept) bytes += bytes_of(each);
    return bytes;
}

}  // namespace

void Simulator::open(std::vector<Scenario> arms, std::uint64_t seed) {
    for (auto& arm : arms) arm.config.scenario.seed = static_cast<std::int64_t>(seed);
    study_ = side_by_side(std::move(arms));
    seed_ = seed;
    const auto layout = layout_of(*study_);
    const auto& recorded = study_->first().record;
    view_.emplace(layout.axes, layout.variables, recording_of(recorded));
    arms_.clear();
    // What is kept of a record is for all arms what the first one says.
    const auto record = sim::to_toml(recorded, {});
    for (const auto& scenario : study_->scenarios) {
        const auto results = results_of(effective_scenario(scenario.config) + record);
        arms_.push_back({scenario.config, beginning_of(scenario.config), results});
    }
}

std::span<const double> Simulator::row(std::size_t arm, std::uint32_t replicate) {
    const auto& open = arms_.at(arm);
    auto& rows = open.results->rows;
    if (const auto found = rows.find(replicate); found != rows.end()) return found->second;
    row_.clear();
    try {
        const auto record = simulated(open, replicate, nullptr);
        view_->append_kept(sim::columns_of(record), row_);
    } catch (const std::exception&) {
        row_.assign(view_->kept_length(), std::numeric_limits<double>::quiet_NaN());
    }
    sim::make_canonical(row_);  // which NaN an operation of WebAssembly gives is the browser's choice
    if (!has_room(bytes_of(row_))) return row_;
    bytes_ += bytes_of(row_);
    return rows[replicate] = row_;
}

sim::Panel Simulator::panel(std::size_t arm, std::uint32_t replicate) {
    sim::Panel panel(growth::panel_columns().size());
    static_cast<void>(simulated(arms_.at(arm), replicate, &panel));
    return panel;
}

growth::Record Simulator::simulated(const OpenArm& arm, std::uint32_t replicate, sim::Panel* panel) {
    const sim::Draws draws{seed_, replicate};
    const auto own = Growth::draw_config(arm.config, draws);
    auto state = begun(arm, own, draws);
    auto record = Growth::blank(arm.config);
    int step = -1;
    sim::run_steps<Growth>(own, draws, state, record, panel, step);
    return record;
}

growth::State Simulator::begun(const OpenArm& arm, const growth::Config& own, sim::Draws draws) {
    auto& states = arm.beginning->states;
    if (const auto found = states.find(draws.replicate); found != states.end()) {
        auto state = found->second;
        Growth::adopt(own, state);
        return state;
    }
    auto state = Growth::initial(own, draws);
    if (const auto bytes = bytes_of(state); has_room(bytes)) {
        bytes_ += bytes;
        states.emplace(draws.replicate, state);
    }
    return state;
}

std::list<Simulator::Beginning>::iterator Simulator::beginning_of(const growth::Config& config) {
    const auto alike = [&](const Beginning& other) {
        return other.config.scenario.seed == config.scenario.seed && Growth::begins_alike(other.config, config);
    };
    const auto found = std::find_if(beginnings_.begin(), beginnings_.end(), alike);
    if (found == beginnings_.end()) return beginnings_.insert(beginnings_.begin(), {config, {}});
    beginnings_.splice(beginnings_.begin(), beginnings_, found);
    return beginnings_.begin();
}

std::list<Simulator::Results>::iterator Simulator::results_of(const std::string& scenario) {
    const auto found =
        std::find_if(results_.begin(), results_.end(), [&](const Results& each) { return each.scenario == scenario; });
    if (found == results_.end()) return results_.insert(results_.begin(), {scenario, {}});
    results_.splice(results_.begin(), results_, found);
    return results_.begin();
}

bool Simulator::has_room(std::size_t bytes) {
    while (bytes_ + bytes > most_bytes_ && !results_.empty() && !is_used(results_.back())) {
        bytes_ -= bytes_in(results_.back().rows);
        results_.pop_back();
    }
    while (bytes_ + bytes > most_bytes_ && !beginnings_.empty() && !is_used(beginnings_.back())) {
        bytes_ -= bytes_in(beginnings_.back().states);
        beginnings_.pop_back();
    }
    return bytes_ + bytes <= most_bytes_;
}

bool Simulator::is_used(const Beginning& beginning) const {
    return std::any_of(arms_.begin(), arms_.end(), [&](const OpenArm& arm) { return &*arm.beginning == &beginning; });
}

bool Simulator::is_used(const Results& results) const {
    return std::any_of(arms_.begin(), arms_.end(), [&](const OpenArm& arm) { return &*arm.results == &results; });
}

}  // namespace jiju
