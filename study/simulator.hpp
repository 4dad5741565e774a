// Replicates of arms, one at a time, for a page on which somebody moves numbers: what does not hang on the number that
// was moved is not simulated again. Each thread, or web worker, has one of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/growth/model.hpp"
#include "sim/record/view.hpp"
#include "study/scenario.hpp"

namespace jiju {

class Simulator {
public:
    // `most_bytes`: how much may be kept of what was simulated before.
    explicit Simulator(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    // From now on these arms, in place of those before; `seed` in place of their own.
    void open(std::vector<Scenario> arms, std::uint64_t seed);
    [[nodiscard]] const Study& study() const { return *study_; }
    [[nodiscard]] const sim::View& view() const { return *view_; }

    // What a results file holds of a replicate of an arm, its variables one after another (sim::View); NaN throughout
    // where the replicate fails, as there.
    [[nodiscard]] std::span<const double> row(std::size_t arm, std::uint32_t replicate);
    // The firms of a replicate of an arm, at every step, in the columns of growth::panel_columns.
    [[nodiscard]] sim::Panel panel(std::size_t arm, std::uint32_t replicate);

private:
    // States at the first simulated step, of all scenarios that begin as `config` does.
    struct Beginning {
        growth::Config config;
        std::map<std::uint32_t, growth::State> states;
    };
    // Rows of an arm, by all that they hang on.
    struct Results {
        std::string scenario;
        std::map<std::uint32_t, std::vector<double>> rows;
    };
    struct OpenArm {
        growth::Config config;
        std::list<Beginning>::iterator beginning;
        std::list<Results>::iterator results;
    };

    [[nodiscard]] growth::Record simulated(const OpenArm& arm, std::uint32_t replicate, sim::Panel* panel);
    [[nodiscard]] growth::State begun(const OpenArm& arm, const growth::Config& own, sim::Draws draws);
    [[nodiscard]] std::list<Beginning>::iterator beginning_of(const growth::Config& config);
    [[nodiscard]] std::list<Results>::iterator results_of(const std::string& scenario);
    // Whether so many bytes more may be kept, after others were forgotten that no open arm uses.
    [[nodiscard]] bool has_room(std::size_t bytes);
    [[nodiscard]] bool is_used(const Beginning& beginning) const;
    [[nodiscard]] bool is_used(const Results& results) const;

    std::size_t most_bytes_, bytes_ = 0;
    std::list<Beginning> beginnings_;  // the last used first
    std::list<Results> results_;
    std::optional<Study> study_;
    std::optional<sim::View> view_;
    std::uint64_t seed_ = 0;
    std::vector<OpenArm> arms_;
    std::vector<double> row_;  // of a replicate for which there is no room
};

}  // namespace jiju
