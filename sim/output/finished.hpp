// A finished results file as the beginning of a longer run of the same kind: its replicates are handed out as blocks,
// their statistics made again from the rows, which is why a file need not keep what statistics are merged from.
#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <vector>

#include "sim/output/outline.hpp"
#include "sim/output/reader.hpp"
#include "sim/record/block.hpp"

namespace sim {

// What files of both kinds hold alike: the kept rows of these replicates, counted from the file's first, by scenario.
[[nodiscard]] std::vector<std::vector<double>> read_rows(const ResultsReader& reader, const Outline& outline,
                                                         std::size_t first, std::size_t count);
// Failures and single agents of all replicates, which are these. FileError where one is of another.
void read_rest(const ResultsReader& reader, const Outline& outline, Extent extent, Block& block);
// So many replicates fit into some megabytes.
[[nodiscard]] std::size_t replicates_of_block(const Outline& outline);

// Block after block, with the statistics of all of them, made again from the rows, at the last.
void for_each_block(const ResultsReader& reader, const Outline& outline, Extent extent,
                    const std::function<void(Block&)>& use);

class FinishedFile {
public:
    explicit FinishedFile(const std::filesystem::path& path, Trust trust = Trust::nobody);

    [[nodiscard]] const ResultsReader& file() const { return reader_; }
    [[nodiscard]] std::size_t replicates() const { return replicates_; }  // from the first on
    [[nodiscard]] std::string run_sha256() const { return reader_.text("run_sha256"); }

    // Block after block, with the statistics of all of them at the last. `outline` is that of the longer run: what it
    // says of scenarios, axes and variables must hold for this file as well.
    void for_each_block(const Outline& outline, const std::function<void(Block&)>& use) const {
        sim::for_each_block(reader_, outline, {0, replicates_, replicates_}, use);
    }

private:
    ResultsReader reader_;
    std::size_t replicates_;
};

}  // namespace sim
