// Tells a medium what the results of a run are, block by block: scenarios, axes, variables over replicates, statistics,
// failures and single agents (docs/output_format.md). A file and a dataset in memory are composed by the same lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/output/draws_composer.hpp"
#include "sim/output/medium.hpp"
#include "sim/output/outline.hpp"
#include "sim/record/block.hpp"
#include "sim/record/layout.hpp"

namespace sim {

// Replicates of one variable that are written at once: large enough that a write is worth its call, small enough that
// all variables of all scenarios fit in memory. `columns` is their product, `row` the values a replicate.
[[nodiscard]] std::size_t rows_of_chunk(std::size_t row, std::size_t columns, std::size_t replicates);

class ResultsComposer {
public:
    // std::invalid_argument where no medium could hold it (checked). `outline` and `medium` must outlive it.
    ResultsComposer(const Outline& outline, Extent extent, FileKind kind, Medium& medium);

    // Blocks come in ascending order and fill the extent.
    void write(const Block& block);

    // What is known at the end; returns the digest of the content. `status` says whether this is all of the run.
    std::string finish(const std::string& status = "complete");

private:
    // Replicates are collected, scenario by scenario, until they fill a chunk.
    struct Collected {
        std::unique_ptr<Medium::Column> column;
        std::size_t row;   // values a replicate
        std::size_t full;  // values a chunk
        std::vector<std::vector<double>> waiting;
    };

    [[nodiscard]] bool shares_draws() const;
    void add_attributes();
    void add_scenarios();
    void add_draw_of_replicates();
    void add_variable(const Variable& variable);
    void add_outcomes();
    void add_failures();
    void add_statistics();
    void add_statistics_state();
    void add_panel();

    const Outline& outline_;
    Extent extent_;
    FileKind kind_;
    Medium& medium_;
    std::vector<Collected> variables_;
    DrawsComposer draws_;
    std::size_t written_ = 0;
    std::vector<std::int8_t> statuses_;  // scenario by scenario: 0 ok, 1 failed
    Block rest_;                         // what is reported at the end: statistics, failures, panel
};

}  // namespace sim
