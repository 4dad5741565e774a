// Whether the heaps in which a file keeps its texts are sound.
//
// HDF5 keeps text of variable length in "global heaps" without a checksum, and its version 1.10 believes what they say
// of themselves. So they are walked before any library reads from them ("HDF5 File Format Specification", III.E, Disk
// Format: Level 1E). Whether a text that is asked for is there, the digest of what is read tells (hdf5.cpp,
// visit_texts).
#pragma once

#include <filesystem>
#include <string>

namespace sim {

// In every heap of `path` objects must have numbers of their own, none may be larger than the room that is left, and
// free room must reach to the end. What is wrong with the first heap that is otherwise, or nothing. FileError where the
// file cannot be read.
[[nodiscard]] std::string flaw_of_text_heaps(const std::filesystem::path& path);

}  // namespace sim
