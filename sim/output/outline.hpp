// Everything that is known of a run's results before it begins.
#pragma once

#include <cstddef>
#include <string>

#include "sim/output/texts.hpp"
#include "sim/record/layout.hpp"
#include "sim/record/view.hpp"

namespace sim {

// The replicates a file holds, and how many its run has in all.
struct Extent {
    std::size_t first = 0;
    std::size_t count = 0;
    std::size_t planned = 0;
    [[nodiscard]] std::size_t end() const { return first + count; }
};

// One object serves all files of a run.
struct Outline {
    // `texts` are the scenarios' where the layout is given without them, since thousands take much memory.
    Outline(Layout layout, const Recording& recording, std::size_t planned, Texts texts = {});

    Layout layout;  // its axes and variables as the model has them
    Texts texts;    // the effective scenarios
    View view;
    Recording recording;
    std::size_t planned;
    // SHA-256 of what determines the numbers: program, seed, scenarios, extent, what is recorded. Shards of one run
    // have it in common.
    std::string run_sha256;
};

// std::invalid_argument where no file could hold it (check_layout).
void check_outline(const Outline& outline);
// The same, and where there is no replicate; else what was given.
[[nodiscard]] Extent checked(const Outline& outline, Extent extent);

}  // namespace sim
