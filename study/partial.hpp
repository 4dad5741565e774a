// What a run that was stopped, or is still at work, has saved: the shards in the folder beside its results file, behind
// each other from the first on, and before them the file that it extends.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "sim/output/finished.hpp"
#include "sim/output/medium.hpp"
#include "sim/output/shard.hpp"
#include "study/scenario.hpp"
#include "study/summary.hpp"

namespace jiju {

// Whether a results file holds the beginning of this run and nothing else: as if the run had been planned so long.
[[nodiscard]] bool is_beginning_of(const Study& study, const sim::Outline& outline, const sim::ResultsReader& file);

class Partial {
public:
    // FileError where there is no such folder, no shard in it, or one that is damaged or of another run.
    explicit Partial(const std::filesystem::path& folder);

    [[nodiscard]] const Study& study() const { return study_; }
    [[nodiscard]] sim::Extent extent() const { return extent_; }
    [[nodiscard]] Maker maker() const { return maker_; }
    [[nodiscard]] const sim::Texts& texts() const { return outline_.texts; }  // the effective scenarios
    [[nodiscard]] AllSamples samples() const;
    // As a dataset whose status is "partial".
    void compose(sim::Medium& medium) const;

private:
    explicit Partial(std::vector<std::filesystem::path> shards);
    void for_each_block(auto&& use) const;

    std::vector<std::filesystem::path> paths_;
    Study study_;
    std::string stopping_rule_;
    Maker maker_;
    sim::Outline outline_;
    std::optional<std::filesystem::path> before_;
    sim::Extent extent_;
};

}  // namespace jiju
