// What the programs for the fuzzer share: an input as a file, and what must hold of every outcome.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"

namespace fuzz {

// In memory, under a path.
class InputFile {
public:
    InputFile() : file_(::memfd_create("input", MFD_CLOEXEC)), path_(fmt::format("/proc/self/fd/{}", file_)) {
        must(file_ >= 0);
    }
    ~InputFile() { ::close(file_); }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    void append(std::string_view bytes) {
        must(::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(size_)) ==
             static_cast<ssize_t>(bytes.size()));
        size_ += bytes.size();
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    static void must(bool holds) {
        if (!holds) std::abort();
    }

private:
    int file_;
    std::size_t size_ = 0;
    std::filesystem::path path_;
};

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// Whether the call came to its end; every other way to end than a FileError is a crash.
bool accepted(auto&& call) {
    try {
        call();
        return true;
    } catch (const sim::FileError&) {
        return false;
    }
}

}  // namespace fuzz
