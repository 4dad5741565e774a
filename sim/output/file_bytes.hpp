// The bytes of a file, past every library.
//
// Reads with pread: a file that shrinks meanwhile is an error and no signal, and threads can share one object.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

namespace sim {

// FileError wherever the system refuses.
class FileBytes {
public:
    enum class For : std::uint8_t { reading, appending };
    // `shown` is the path that messages name.
    FileBytes(const std::filesystem::path& path, std::filesystem::path shown, For purpose = For::reading);
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;
    ~FileBytes();

    [[nodiscard]] std::uintmax_t size() const;
    void read(std::span<char> into, std::uintmax_t from) const;
    void append(std::string_view text) const;

private:
    [[noreturn]] void fail(const char* what) const;
    std::filesystem::path shown_;
    int file_;
};

}  // namespace sim
