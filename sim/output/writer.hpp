// Writes a results file, or a shard of one, block by block, in the format of docs/output_format.md.
//
// The same content gives the same bytes: nothing of the file depends on the clock, the machine, who computed a
// replicate when, or how the replicates were cut into blocks. Nothing is compressed; deflate would cost several times
// the simulation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "sim/output/composer.hpp"
#include "sim/output/netcdf.hpp"
#include "sim/output/new_file.hpp"
#include "sim/output/outline.hpp"
#include "sim/record/block.hpp"

namespace sim {

// Of a series' quantiles, in bytes: a bucket and its count, of the flagship's series in about half of the replicates,
// since many take few values.
[[nodiscard]] std::uintmax_t estimated_buckets(std::size_t replicates);

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

    // Puts on the disk what is written by now, so that the end does not wait for all of it.
    void sync() const { target_.sync(); }

    // Closes, proves what is on the disk by reading everything back, and only then gives the file its name. Without it
    // nothing is left behind.
    enum class Proof : std::uint8_t { read_back, none };
    void finish(Proof proof = Proof::read_back);

private:
    void read_back(const std::string& digest) const;

    FileKind kind_;
    NewFile target_;
    NetcdfFile file_;
    ResultsComposer composer_;
};

}  // namespace sim
