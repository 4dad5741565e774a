// The calls of the system, made again where a signal cut them short.
#include "sim/output/file_bytes.hpp"

#include <cerrno>
#include <cstddef>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/causes.hpp"

namespace sim {

FileBytes::FileBytes(const std::filesystem::path& path, std::filesystem::path shown, For purpose)
    : shown_(std::move(shown)),
      file_(::open(path.c_str(), (purpose == For::reading ? O_RDONLY : O_RDWR | O_APPEND) | O_CLOEXEC)) {
    if (file_ < 0) fail(to_translate("cannot open"));
}

FileBytes::~FileBytes() {
    ::close(file_);
}

std::uintmax_t FileBytes::size() const {
    struct stat about {};
    if (::fstat(file_, &about) != 0) fail(to_translate("cannot look at it"));
    return static_cast<std::uintmax_t>(about.st_size);
}

void FileBytes::read(std::span<char> into, std::uintmax_t from) const {
    while (!into.empty()) {
        const auto count = ::pread(file_, into.data(), into.size(), static_cast<off_t>(from));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail(to_translate("cannot read"));
        if (count == 0) throw FileError(shown_.string() + translated(": becomes shorter while it is read"));
        into = into.subspan(static_cast<std::size_t>(count));
        from += static_cast<std::uintmax_t>(count);
    }
}

void FileBytes::append(std::string_view text) const {
    while (!text.empty()) {
        const auto count = ::write(file_, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail(to_translate("cannot write"));
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

void FileBytes::fail(const char* what) const {
    const int error = errno;
    fail_at(shown_, translated(what), error);
}

}  // namespace sim
