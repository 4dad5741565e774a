// Whether the texts of a file can be found where its datasets say they are.
//
// HDF5 keeps text of variable length in "global heaps" without a checksum, and its version 1.10 does not look whether
// an object that is asked for is there: it gives whatever its buffer held, where a later version refuses. So the heaps
// are walked before any library reads from them ("HDF5 File Format Specification", III.E, Disk Format: Level 1E).
#pragma once

#include <filesystem>
#include <string>

namespace sim {

// Every heap of `path` must be as HDF5 leaves it when texts are only ever added: objects numbered from 1 without a gap,
// none larger than the room that is left, and free room up to the end. What is wrong with the first that is not, or
// nothing. FileError where the file cannot be read.
[[nodiscard]] std::string flaw_of_text_heaps(const std::filesystem::path& path);

}  // namespace sim
