// A seal behind the bytes of a file: whether any of them was changed is known before a library parses the first.
//
// HDF5 ignores what lies behind the end that it has written down itself, and so do all readers built on it. Those that
// write into the file cut the seal off.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace sim {

struct Seal {
    enum class State : std::uint8_t { whole, broken, absent };
    State state = State::absent;
    std::uintmax_t bytes = 0;  // of the file, without the seal
};

// Its length in bytes: 112 characters of text (docs/output_format.md).
[[nodiscard]] std::uintmax_t seal_length();

// Puts a seal behind a finished file. `shown` is the path that messages name.
void put_seal(const std::filesystem::path& path, const std::filesystem::path& shown);

// Reads the whole file. FileError where it cannot be read.
[[nodiscard]] Seal check_seal(const std::filesystem::path& path);

// SHA-256 of the SHA-256s, 64 digits each, of pieces of 1 MiB, so that several threads can share the work.
[[nodiscard]] std::string digest_of_pieces(const std::filesystem::path& path, std::uintmax_t bytes);

}  // namespace sim
