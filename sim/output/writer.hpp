// Writes a results file, or a shard of one, block by block, in the format of docs/output_format.md.
//
// The same content gives the same bytes: nothing of the file depends on the clock, the machine, who computed a
// replicate when, or how the replicates were cut into blocks. Nothing is compressed; deflate would cost several times
// the simulation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/output/block.hpp"
#include "sim/output/netcdf.hpp"
#include "sim/output/new_file.hpp"
#include "sim/output/results.hpp"
#include "sim/output/view.hpp"

namespace sim {

// The replicates a file holds, and how many its run has in all.
struct Extent {
    std::size_t first = 0;
    std::size_t count = 0;
    std::size_t planned = 0;
    [[nodiscard]] std::size_t end() const { return first + count; }
};

// Everything that is known of a run's files before it begins; one object serves all of them.
struct Outline {
    Outline(Layout layout, const Recording& recording, std::size_t planned);

    Layout layout;  // its axes and variables as the model has them
    View view;
    Recording recording;
    std::size_t planned;
    // SHA-256 of what determines the numbers: program, seed, scenarios, extent, what is recorded. Shards of one run
    // have it in common.
    std::string run_sha256;
};

// std::invalid_argument where no file could hold it (check_layout).
void check_outline(const Outline& outline);

// How many bytes the file will take, rather more than less.
[[nodiscard]] std::uintmax_t estimated_size(const Outline& outline, std::size_t replicates, FileKind kind);

class ResultsWriter {
public:
    // Checks what can be checked before the first number: the layout, the path, the room on the disk (FileError).
    // `outline` must outlive it.
    ResultsWriter(const std::filesystem::path& path, const Outline& outline, Extent extent, FileKind kind,
                  bool replace);

    // Blocks come in ascending order and fill the extent.
    void write(const Block& block);

    // Closes, reads everything back, and only then gives the file its name. Without it nothing is left behind.
    void finish();

private:
    // Replicates of one variable are collected, scenario by scenario, until they fill a chunk of the file.
    struct Collected {
        NetcdfFile::Column column;
        std::size_t row;   // values a replicate
        std::size_t full;  // values a chunk
        std::vector<std::vector<double>> waiting;
    };

    [[nodiscard]] bool has_worlds() const;
    void add_attributes();
    void add_scenarios();
    void add_worlds();
    void add_axis(const Axis& axis);
    void add_variable(const Variable& variable);
    void add_outcomes();
    void add_failures();
    void add_statistics();
    void add_statistics_state();
    void add_panel();

    const Outline& outline_;
    Extent extent_;
    FileKind kind_;
    NewFile target_;
    NetcdfFile file_;
    std::vector<Collected> variables_;
    std::size_t written_ = 0;
    std::vector<std::int8_t> statuses_;  // scenario by scenario: 0 ok, 1 failed
    Block rest_;                         // what is written at the end: statistics, failures, panel
};

}  // namespace sim
