// What stands at the beginning of an HDF5 file is laid down in "HDF5 File Format Specification", II.A: the superblock.
#include "sim/output/causes.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/new_file.hpp"

namespace sim {
namespace {

namespace fs = std::filesystem;

constexpr int error_of_lustre = 524;  // ENOTSUPP of the kernel, which has no name outside it

std::string limit_text(__rlimit_resource resource) {
    rlimit limit{};
    if (::getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return {};
    return translated(", now {}", limit.rlim_cur);
}

std::string remedy_of(int error) {
    switch (error) {
        case EMFILE:
            return translated("raise the limit with 'ulimit -n'{}", limit_text(RLIMIT_NOFILE));
        case ENFILE:
            return translated("the whole machine has reached its limit, sysctl fs.file-max");
        case EFBIG:
            return translated("the limit on the size of files, 'ulimit -f', or that of the file system");
        case EAGAIN:
            return translated(
                "another process holds a lock on it, or a limit is reached: 'ulimit -u', or that of the container");
        case ENOLCK:
        case ENOSYS:
        case EOPNOTSUPP:
        case error_of_lustre:
            return translated("this file system has no locks; for HDF5, set HDF5_USE_FILE_LOCKING=FALSE");
        case EROFS:
            return translated("write somewhere else");
        case EIO:
            return translated("the disk, or the connection to it, failed");
        case ESTALE:
            return translated("a network file system no longer knows it");
        default:
            return {};
    }
}

std::string kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return translated("is a folder");
    if (S_ISFIFO(mode)) return translated("is a pipe, not a file");
    if (S_ISSOCK(mode)) return translated("is a socket, not a file");
    return translated("is a device, not a file");
}

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
    throw FileError(path.string() + ": " + why);
}

[[noreturn]] void refuse_what_is_not_there(const fs::path& path, int error) {
    std::error_code none;
    if (error == ENOENT && fs::is_symlink(fs::symlink_status(path, none)))
        refuse(path, translated("is a link to {}, which does not exist", fs::read_symlink(path, none).string()));
    if (error == ENOENT) refuse(path, translated("there is no such file"));
    if (error == ENOTDIR) refuse(path, translated("there is no such file: a folder in its path is a file"));
    fail_at(path, translated("cannot open"), error);
}

using Start = std::array<unsigned char, 64>;

constexpr std::array<unsigned char, 8> signature{0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

bool is_signed(const Start& bytes) {
    return std::equal(signature.begin(), signature.end(), bytes.begin());
}

// The address of the end of the file, counted from the superblock; none where offsets do not have eight bytes.
std::optional<std::uint64_t> end_of_file(const Start& bytes) {
    const auto version = bytes[8];
    const std::size_t size_of_offsets = version < 2 ? bytes[13] : bytes[9];
    const std::size_t at = version == 0 ? 40 : version == 1 ? 44 : 28;
    if (version > 3 || size_of_offsets != 8) return std::nullopt;
    std::uint64_t end = 0;
    for (std::size_t i = 0; i < 8; ++i) end |= static_cast<std::uint64_t>(bytes[at + i]) << (8 * i);
    return end;
}

// A superblock may stand at 0, 512, 1024, 2048 …
std::optional<std::string> flaw_of_start(int file, std::uint64_t size) {
    constexpr unsigned char newest = 3;
    for (std::uint64_t at = 0; at < size; at = at == 0 ? 512 : 2 * at) {
        Start bytes{};
        if (::pread(file, bytes.data(), bytes.size(), static_cast<off_t>(at)) < 0)
            return translated("cannot be read: ") + cause_of(errno);
        if (!is_signed(bytes)) continue;
        if (bytes[8] > newest) return translated("is of a newer version of HDF5 than this program reads, or damaged");
        const auto end = end_of_file(bytes);
        if (end && at + *end > size) return translated("was cut short: of {} bytes it holds {}", at + *end, size);
        return std::nullopt;
    }
    return size == 0 ? translated("is empty") : translated("is no HDF5 file, or its beginning was overwritten");
}

}  // namespace

std::string cause_of(int error) {
    const auto word =
        error == error_of_lustre ? translated("Operation not supported") : std::system_category().message(error);
    const auto remedy = remedy_of(error);
    return remedy.empty() ? word : fmt::format("{} ({})", word, remedy);
}

void fail_at(const fs::path& path, std::string_view what, int error) {
    throw FileError(fmt::format("{}: {}: {}", path.string(), what, cause_of(error)));
}

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

void check_readable_hdf5(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) refuse_what_is_not_there(path, errno);
    if (!S_ISREG(status.st_mode)) refuse(path, kind_of(status.st_mode));
    // Without waiting, should it have become a pipe meanwhile.
    const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) fail_at(path, translated("cannot open"), errno);
    const auto flaw = flaw_of_start(file, static_cast<std::uint64_t>(status.st_size));
    ::close(file);
    if (flaw) refuse(path, *flaw);
}

void check_folder(const fs::path& path) {
    const auto folder = folder_of(path);
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) {
        if (errno != ENOENT) fail_at(path, translated("cannot write in its folder"), errno);
        throw FileError(
            translated("{}: cannot write in its folder: No such file or directory; make it with: mkdir -p {}",
                       path.string(), folder.string()));
    }
    if (!S_ISDIR(status.st_mode)) refuse(path, translated("{} is no folder", folder.string()));
    if (::access(folder.c_str(), W_OK | X_OK) != 0) fail_at(path, translated("cannot write in its folder"), errno);
    const auto longest = ::pathconf(folder.c_str(), _PC_NAME_MAX);
    const auto length = path.filename().string().size() + NewFile::longest_suffix;
    if (longest > 0 && length > static_cast<std::size_t>(longest))
        refuse(path, translated("its name is too long: at most {} bytes, for a temporary one of up to {} must fit",
                                static_cast<std::size_t>(longest) - NewFile::longest_suffix, longest));
}

}  // namespace sim
