// A file that comes into being whole or not at all: written under a temporary name in its own folder, then renamed.
#pragma once

#include <cstdint>
#include <filesystem>

namespace sim {

class NewFile {
public:
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

private:
    std::filesystem::path path_;
    std::filesystem::path temporary_;
    bool replace_;
    bool committed_ = false;
};

}  // namespace sim
