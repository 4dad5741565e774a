// POSIX keeps a rename atomic; the folder is synced as well, so that the name survives a loss of power.
#include "sim/output/new_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"

namespace sim {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what) {
    throw FileError(path.string() + ": " + what + ": " + std::strerror(errno));
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

[[noreturn]] void refuse_to_replace(const std::filesystem::path& path) {
    throw FileError(path.string() + " exists; give --force to replace it");
}

std::string megabytes(std::uintmax_t bytes) {
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) * 1e-6);
}

// The process id tells whose file it is; the count passes by what a killed process of the same id has left.
std::filesystem::path create_temporary(const std::filesystem::path& path) {
    for (int attempt = 0;; ++attempt) {
        auto name = fmt::format("{}.tmp{}", path.string(), ::getpid());
        if (attempt > 0) name += fmt::format("-{}", attempt);
        const int file = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        if (file >= 0) {
            ::close(file);
            return name;
        }
        if (errno != EEXIST) fail(path, "cannot write in its folder");
    }
}

void sync(const std::filesystem::path& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) fail(path, "cannot open to sync");
    const bool synced = ::fsync(file) == 0;
    const int error = errno;
    ::close(file);
    errno = error;
    // Some file systems cannot sync a folder and say so with EINVAL; there is nothing more to be done there.
    if (!synced && errno != EINVAL) fail(path, "cannot sync");
}

}  // namespace

void NewFile::check(const std::filesystem::path& path, std::uintmax_t estimated_bytes, bool replace) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (std::filesystem::exists(status) && !replace) refuse_to_replace(path);
    if (std::filesystem::is_directory(status)) throw FileError(path.string() + ": is a folder");
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        throw FileError(path.string() + ": is not a regular file");
    struct statvfs disk {};
    if (::statvfs(folder_of(path).c_str(), &disk) != 0) fail(path, "cannot write in its folder");
    const auto free = static_cast<std::uintmax_t>(disk.f_bavail) * disk.f_frsize;
    if (estimated_bytes > free)
        throw FileError(fmt::format("{}: needs {}, but its disk has {} free", path.string(), megabytes(estimated_bytes),
                                    megabytes(free)));
}

NewFile::NewFile(std::filesystem::path path, std::uintmax_t estimated_bytes, bool replace)
    : path_(std::move(path)), replace_(replace) {
    check(path_, estimated_bytes, replace_);
    // A link stays a link: what it points to is replaced.
    std::error_code error;
    if (std::filesystem::is_symlink(std::filesystem::symlink_status(path_, error)))
        path_ = std::filesystem::weakly_canonical(path_);
    temporary_ = create_temporary(path_);
}

NewFile::~NewFile() {
    if (!committed_) ::unlink(temporary_.c_str());
}

void NewFile::sync() const {
    sim::sync(temporary_, O_RDONLY);
}

void NewFile::commit() {
    sync();
    int renamed = replace_ ? ::rename(temporary_.c_str(), path_.c_str())
                           : ::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE);
    if (renamed != 0 && errno == EEXIST) refuse_to_replace(path_);
    // File systems without RENAME_NOREPLACE: look, then rename.
    if (renamed != 0 && !replace_ && (errno == EINVAL || errno == ENOSYS)) {
        if (std::filesystem::exists(path_)) refuse_to_replace(path_);
        renamed = ::rename(temporary_.c_str(), path_.c_str());
    }
    if (renamed != 0) fail(path_, "cannot rename its temporary file");
    committed_ = true;
    sim::sync(folder_of(path_), O_RDONLY | O_DIRECTORY);
}

}  // namespace sim
