// Writes a results file, replicate by replicate, in the format of docs/output_format.md.
//
// The same content gives the same bytes: nothing of the file depends on the clock, the machine, or who computed a
// replicate when. Nothing is compressed; deflate would cost several times the simulation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/output/netcdf.hpp"
#include "sim/output/new_file.hpp"
#include "sim/output/results.hpp"

namespace sim {

// The replicates a file holds: all of a run, or the part of it that a shard has.
struct ReplicateRange {
    std::size_t first = 0;
    std::size_t count = 0;
};

// How many bytes the file will take, rather more than less.
[[nodiscard]] std::uintmax_t estimated_size(const Layout& layout, std::size_t replicates);

class ResultsWriter {
public:
    // Checks what can be checked before a long run: the layout, the path, the room on the disk (FileError).
    ResultsWriter(const std::filesystem::path& path, Layout layout, ReplicateRange replicates, bool replace);

    // Replicates come in ascending order, each either written or failed.
    template <Recorded Record>
    void write(std::size_t replicate, const Record& record) {
        write(replicate, columns_of(record));
    }
    // One span a variable, in the order of the layout.
    void write(std::size_t replicate, const std::vector<std::span<const double>>& columns);
    // Its values stay missing; a step below zero means before the first.
    void fail(std::size_t replicate, int step, const std::string& message);

    // Closes, reads everything back, and only then gives the file its name. Without it nothing is left behind.
    void finish();

private:
    // Replicates of one variable are collected until they fill a chunk of the file.
    struct Collected {
        NetcdfFile::Column column;
        std::size_t row;   // values a replicate
        std::size_t full;  // values a chunk
        std::vector<double> waiting;
    };

    void add_axis(const Axis& axis);
    void add_variable(const Variable& variable);
    void add_outcomes();

    ReplicateRange range_;
    Layout layout_;
    NewFile target_;
    NetcdfFile file_;
    std::vector<Collected> variables_;
    std::vector<std::int8_t> statuses_;  // 0 ok, 1 failed
    std::vector<std::string> failures_;
};

}  // namespace sim
