// A file that comes into being whole or not at all: written under a temporary name in its own folder, then renamed.
//
// The temporary name holds the number of the process that writes it (process.hpp), and that process holds a shared lock
// on it where the file system has locks. So what a killed process has left can be distinguished from what is being
// written, and is swept by the next that writes the same path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace sim {

class NewFile {
public:
    static constexpr std::size_t longest_suffix = 80;  // that a temporary name is longer

    // Before any work is done: FileError if the path is taken (unless it may be replaced), its folder cannot be
    // written, or the disk has less room than the estimate. Leaves an empty temporary file.
    NewFile(std::filesystem::path path, std::uintmax_t estimated_bytes, bool replace);
    // The same checks, for a file that will be begun later.
    static void check(const std::filesystem::path& path, std::uintmax_t estimated_bytes, bool replace);
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile();  // without a commit nothing is left behind

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] const std::filesystem::path& temporary() const { return temporary_; }

    // What was written so far, to the disk.
    void sync() const;
    // To the disk, then under the final name in one step. A reader of the old file keeps the old file.
    void commit();

    // Removes the temporary files of `path` whose process is over; with `all`, also those of processes that nobody can
    // see, for a caller who knows that nobody else writes there.
    static void sweep(const std::filesystem::path& path, bool all = false);

    // For a signal handler (it does what such may do): takes away what this process has under temporary names, before
    // the process ends.
    static void remove_all_temporaries() noexcept;

private:
    std::filesystem::path path_;
    std::filesystem::path temporary_;
    bool replace_;
    bool committed_ = false;
    int lock_ = -1;
    std::size_t place_;  // in the list of temporary files
};

// All of a small file at once.
void write_file(const std::filesystem::path& path, std::string_view content, bool replace);

}  // namespace sim
