// The right to write in a folder, which one process has at a time.
//
// A lock of the file system goes with its process, however that ends. Where there are none (some network file systems
// know no flock), a file that only one process can create stands for it, and tells host and process, so that a stale
// one is known and taken over.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace sim {

class Exclusive {
public:
    // None while another has it; `holder`, if given, then gets a sentence on who that is and what to do. FileError
    // where the folder does not let anybody lock.
    [[nodiscard]] static std::optional<Exclusive> take(const std::filesystem::path& folder,
                                                       std::string* holder = nullptr);
    Exclusive(Exclusive&& other) noexcept;
    Exclusive& operator=(Exclusive&&) = delete;
    // Gives it up; the folder goes as well, where nothing is left in it.
    ~Exclusive();

private:
    Exclusive(std::filesystem::path folder, int lock, bool has_file);
    std::filesystem::path folder_;
    int lock_;       // of the file system
    bool has_file_;  // the one that stands for it
};

}  // namespace sim
