// A shard read back: proved to belong to a run, then handed out as blocks.
//
// A thousand of them may be merged where a process may open a few dozen files: only the first few stay open between
// two looks.
#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "sim/output/finished.hpp"
#include "sim/output/reader.hpp"
#include "sim/output/writer.hpp"

namespace sim {

class ShardReader {
public:
    explicit ShardReader(const std::filesystem::path& path, Trust trust = Trust::nobody);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] Extent extent() const { return extent_; }

    // FileError where it is of another run, or its content is not what was written.
    void check_belongs_to(const Outline& outline) const;

    // Block after block of as many replicates as fit into some megabytes; statistics and all else that is kept for the
    // shard as a whole come with the last. `write(const Block&)`.
    void for_each_block(const Outline& outline, auto&& write) const {
        const auto reader = open();
        const auto replicates = replicates_of_block(outline);
        for (std::size_t first = 0; first < extent_.count; first += replicates)
            write(read_block(*reader, outline, first, std::min(replicates, extent_.count - first)));
    }

private:
    [[nodiscard]] std::shared_ptr<const ResultsReader> open() const;
    [[nodiscard]] Block read_block(const ResultsReader& reader, const Outline& outline, std::size_t first,
                                   std::size_t count) const;
    void read_whole(const ResultsReader& reader, const Outline& outline, Block& block) const;

    std::filesystem::path path_;
    std::shared_ptr<const ResultsReader> kept_;  // open, for one of the first few
    Extent extent_;
};

// The outline of a run, were it planned to have so many replicates: what a shard was made of before anybody knew where
// the run would end.
using RunOf = std::function<const Outline&(std::size_t planned)>;

// Sorts shards by their replicates and checks that they tile `extent`, each belonging to the run.
void arrange_shards(std::vector<ShardReader>& shards, const RunOf& run_of, Extent extent);
void arrange_shards(std::vector<ShardReader>& shards, const Outline& outline, Extent extent);

}  // namespace sim
