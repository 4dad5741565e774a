// POSIX keeps a rename atomic; the folder is synced as well, so that the name survives a loss of power.
#include "sim/output/new_file.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/causes.hpp"
#include "sim/output/process.hpp"

namespace sim {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_to_replace(const fs::path& path) {
    throw FileError(path.string() + translated(" exists; give --force to replace it"));
}

std::string megabytes(std::uintmax_t bytes) {
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) * 1e-6);
}

// Names for the signal handler; what finds no place in it is swept by the next process.
constexpr std::size_t most_listed = 64;
std::array<std::atomic<char*>, most_listed>& listed() {
    static constinit std::array<std::atomic<char*>, most_listed> names{};
    return names;
}

std::size_t list(const fs::path& temporary) {
    char* name = ::strdup(fs::absolute(temporary).c_str());
    for (std::size_t i = 0; i < most_listed; ++i)
        if (char* none = nullptr; listed()[i].compare_exchange_strong(none, name)) return i;
    std::free(name);
    return most_listed;
}

void unlist(std::size_t place) {
    if (place < most_listed) std::free(listed()[place].exchange(nullptr));
}

struct Created {
    fs::path name;
    int file;
    std::size_t place;
};

// The count passes by what happens to be there already.
// Listed before it is there, so that no signal finds it unlisted.
Created create_temporary(const fs::path& path) {
    for (int attempt = 0;; ++attempt) {
        const auto name = temporary_name(path, attempt);
        const auto place = list(name);
        const int file = ::open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
        if (file >= 0) {
            ::flock(file, LOCK_SH | LOCK_NB);  // where there are no locks, the name alone tells whose it is
            return {name, file, place};
        }
        const int error = errno;
        unlist(place);
        if (error != EEXIST) fail_at(path, translated("cannot write in its folder"), error);
    }
}

void sync(const fs::path& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) fail_at(path, translated("cannot open to sync"), errno);
    const bool synced = ::fsync(file) == 0;
    const int error = errno;
    ::close(file);
    // Some file systems cannot sync a folder and say so with EINVAL; there is nothing more to be done there.
    if (!synced && error != EINVAL) fail_at(path, translated("cannot sync"), error);
}

// Whether a living process holds it; none where the file system has no locks.
std::optional<bool> is_locked(const fs::path& path) {
    // Network file systems give an exclusive lock only to those who may write.
    const int file = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) return std::nullopt;
    const bool locked = ::flock(file, LOCK_EX | LOCK_NB) != 0;
    const int error = errno;
    ::close(file);
    if (locked && error != EWOULDBLOCK) return std::nullopt;
    return locked;
}

bool may_be_swept(const fs::path& temporary, const Process& writer, bool all) {
    const auto locked = is_locked(temporary);
    if (locked.value_or(false)) return false;
    if (writer.life() == Process::Life::over) return true;
    return writer.life() == Process::Life::unknown &&
           (all || (writer.machine == Process::own().machine && locked.has_value()));
}

// 0, or an errno: EEXIST where the name is taken.
int rename_without_replacing(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return errno;
    // File systems without it: a second name is not given either where the name is taken.
    if (::link(from.c_str(), to.c_str()) == 0) return ::unlink(from.c_str()) == 0 ? 0 : errno;
    if (errno == EEXIST) return EEXIST;
    // Nor links: look, then rename.
    std::error_code error;
    if (fs::exists(fs::symlink_status(to, error))) return EEXIST;
    return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

void NewFile::check(const fs::path& path, std::uintmax_t estimated_bytes, bool replace) {
    std::error_code error;
    const auto link = fs::symlink_status(path, error);
    const auto status = fs::status(path, error);
    if (fs::is_directory(status)) throw FileError(path.string() + translated(": is a folder"));
    if (fs::exists(status) && !fs::is_regular_file(status))
        throw FileError(path.string() + translated(": is not a regular file"));
    if (fs::exists(status) && !replace) refuse_to_replace(path);
    if (fs::is_symlink(link) && !fs::exists(status))
        throw FileError(
            translated("{}: is a link to {}, which does not exist; remove the link, or name the file itself",
                       path.string(), fs::read_symlink(path, error).string()));
    const auto target = fs::is_symlink(link) ? fs::weakly_canonical(path, error) : path;
    check_folder(target);
    struct statvfs disk {};
    if (::statvfs(folder_of(target).c_str(), &disk) != 0)
        fail_at(path, translated("cannot write in its folder"), errno);
    const auto free = static_cast<std::uintmax_t>(disk.f_bavail) * disk.f_frsize;
    if (estimated_bytes > free)
        throw FileError(translated("{}: needs {}, but its disk has {} free", path.string(), megabytes(estimated_bytes),
                                   megabytes(free)));
}

NewFile::NewFile(fs::path path, std::uintmax_t estimated_bytes, bool replace)
    : path_(std::move(path)), replace_(replace) {
    check(path_, estimated_bytes, replace_);
    // A link stays a link: what it points to is replaced.
    std::error_code error;
    if (fs::is_symlink(fs::symlink_status(path_, error))) path_ = fs::weakly_canonical(path_);
    sweep(path_);
    auto [name, file, place] = create_temporary(path_);
    temporary_ = std::move(name);
    lock_ = file;
    place_ = place;
}

NewFile::~NewFile() {
    if (!committed_) ::unlink(temporary_.c_str());
    unlist(place_);
    ::close(lock_);
}

void NewFile::sync() const {
    sim::sync(temporary_, O_RDONLY);
}

void NewFile::commit() {
    sync();
    const int error = !replace_                                          ? rename_without_replacing(temporary_, path_)
                      : ::rename(temporary_.c_str(), path_.c_str()) != 0 ? errno
                                                                         : 0;
    if (error == EEXIST) refuse_to_replace(path_);
    if (error != 0) fail_at(path_, translated("cannot rename its temporary file"), error);
    committed_ = true;
    sim::sync(folder_of(path_), O_RDONLY | O_DIRECTORY);
}

void NewFile::sweep(const fs::path& path, bool all) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_of(path), error))
        if (const auto writer = writer_of(entry.path(), path); writer && may_be_swept(entry.path(), *writer, all))
            fs::remove(entry.path(), error);
}

void NewFile::remove_all_temporaries() noexcept {
    for (const auto& name : listed())
        if (const char* temporary = name.load()) ::unlink(temporary);
}

void write_file(const fs::path& path, std::string_view content, bool replace) {
    NewFile file(path, content.size(), replace);
    std::FILE* stream = std::fopen(file.temporary().c_str(), "wb");
    if (stream == nullptr) fail_at(path, translated("cannot write"), errno);
    const bool written = std::fwrite(content.data(), 1, content.size(), stream) == content.size();
    const int error = errno;
    if (std::fclose(stream) != 0 || !written) fail_at(path, translated("cannot write"), written ? errno : error);
    file.commit();
}

}  // namespace sim
