// Why the system refused something about a file, in words that help: every error of reading and writing comes from
// here.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace sim {

// The system's word for an `errno`, with the limit or setting that fixes it where there is one.
[[nodiscard]] std::string cause_of(int error);

// FileError: "path: what: cause".
[[noreturn]] void fail_at(const std::filesystem::path& path, std::string_view what, int error);

// Where a file lives: the folder its path names, "." for a bare name.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& path);

// FileError unless something can be read there that looks like HDF5: a regular file (a pipe would wait for ever), of
// which nothing is missing at its end. Says what it is instead.
void check_readable_hdf5(const std::filesystem::path& path);

// FileError unless a file can be made in the folder of `path`, under this name and a longer temporary one.
void check_folder(const std::filesystem::path& path);

}  // namespace sim
