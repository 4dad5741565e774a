#include "sim/run/exclusive.hpp"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/causes.hpp"
#include "sim/output/process.hpp"

namespace sim {
namespace {

namespace fs = std::filesystem;

constexpr auto name_of_lock = "lock", name_of_holder = "lock.holder", name_of_takeover = "lock.takeover";

void say(std::string* into, const std::string& text) {
    if (into != nullptr) *into = text;
}

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// 0, or an errno.
int create(const fs::path& path, const std::string& content) {
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (file < 0) return errno;
    const auto written = ::write(file, content.data(), content.size());
    const int error = written == static_cast<ssize_t>(content.size()) ? 0 : written < 0 ? errno : ENOSPC;
    ::close(file);
    if (error != 0) ::unlink(path.c_str());
    return error;
}

// With its content from the first moment, where the file system has links.
int create_at_once(const fs::path& path) {
    const auto& own = Process::own();
    const auto draft = fmt::format("{}-{}-{}-{}", path.string(), own.machine, own.space, own.id);
    ::unlink(draft.c_str());
    if (const int error = create(draft, own.text()); error != 0) return error;
    const int linked = ::link(draft.c_str(), path.c_str()) == 0 ? 0 : errno;
    ::unlink(draft.c_str());
    return linked == 0 || linked == EEXIST ? linked : create(path, own.text());
}

enum class Claim : std::uint8_t { free, stale, held };

Claim claim_of(const fs::path& file, std::string* holder) {
    std::error_code error;
    if (!fs::exists(file, error)) return Claim::free;
    const auto text = content_of(file);
    const auto process = Process::parse(text);
    if (process && process->life() == Process::Life::over) return Claim::stale;
    if (process && process->life() == Process::Life::alive)
        say(holder, translated("another run is writing it (process {})", process->id));
    else
        say(holder, translated("another run is writing it, {}; if that is over, remove {}",
                               process ? translated("process {} of {}", process->id, process->host)
                                       : translated("of unknown host"),
                               file.string()));
    return Claim::held;
}

// Only one process at a time may find a claim stale and replace it.
int replace_stale(const fs::path& folder) {
    const auto takeover = folder / name_of_takeover;
    if (const int error = create_at_once(takeover); error != 0) return error;
    if (claim_of(folder / name_of_holder, nullptr) == Claim::stale) ::unlink((folder / name_of_holder).c_str());
    const int error = create_at_once(folder / name_of_holder);
    ::unlink(takeover.c_str());
    return error;
}

// Of processes that were killed between two calls of create_at_once().
void sweep_drafts(const fs::path& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with(std::string(name_of_holder) + "-") &&
            !name.starts_with(std::string(name_of_takeover) + "-"))
            continue;
        const auto process = Process::parse(content_of(entry.path()));
        if (process && process->life() == Process::Life::over) fs::remove(entry.path(), error);
    }
}

bool have_no_locks(int error) {
    constexpr int of_lustre = 524;
    return error == ENOLCK || error == EOPNOTSUPP || error == ENOSYS || error == of_lustre;
}

bool is_same_file(int file, const fs::path& path) {
    struct stat open {
    }, named{};
    return ::fstat(file, &open) == 0 && ::stat(path.c_str(), &named) == 0 && open.st_ino == named.st_ino &&
           open.st_dev == named.st_dev;
}

// The lock file, open; the process that gave the lock up may have removed the file that we had opened.
int open_lock(const fs::path& path, int& flock_error) {
    for (;;) {
        const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666);
        if (file < 0) return file;
        flock_error = ::flock(file, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
        if (flock_error != 0 || is_same_file(file, path)) return file;
        ::close(file);
    }
}

}  // namespace

std::optional<Exclusive> Exclusive::take(const fs::path& folder, std::string* holder) {
    int flock_error = 0;
    const int lock = open_lock(folder / name_of_lock, flock_error);
    if (lock < 0) fail_at(folder, translated("cannot write in it"), errno);
    if (flock_error == EWOULDBLOCK) {
        say(holder, translated("another run is writing it"));
        if (const auto process = Process::parse(content_of(folder / name_of_lock)))
            say(holder, translated("another run is writing it (process {} of {})", process->id, process->host));
        ::close(lock);
        return std::nullopt;
    }
    if (flock_error != 0 && !have_no_locks(flock_error)) {
        ::close(lock);
        fail_at(folder, translated("cannot lock it"), flock_error);
    }
    Exclusive taken(folder, lock, false);
    const auto claim = claim_of(folder / name_of_holder, holder);
    if (claim == Claim::held) return std::nullopt;
    if (flock_error == 0) {
        if (claim == Claim::stale) ::unlink((folder / name_of_holder).c_str());
        const auto text = Process::own().text();
        if (::ftruncate(lock, 0) == 0) static_cast<void>(!::pwrite(lock, text.data(), text.size(), 0));
        return taken;
    }
    const int error = claim == Claim::stale ? replace_stale(folder) : create_at_once(folder / name_of_holder);
    if (error == EEXIST) {
        say(holder, translated("another run is about to write it; if there is none, remove {}",
                               (folder / name_of_takeover).string()));
        claim_of(folder / name_of_holder, holder);
        return std::nullopt;
    }
    if (error != 0) fail_at(folder, translated("cannot write in it"), error);
    sweep_drafts(folder);
    taken.has_file_ = true;
    return taken;
}

Exclusive::Exclusive(fs::path folder, int lock, bool has_file)
    : folder_(std::move(folder)), lock_(lock), has_file_(has_file) {}

Exclusive::Exclusive(Exclusive&& other) noexcept
    : folder_(std::move(other.folder_)),
      lock_(std::exchange(other.lock_, -1)),
      has_file_(std::exchange(other.has_file_, false)) {}

Exclusive::~Exclusive() {
    if (lock_ < 0) return;
    ::unlink((folder_ / name_of_lock).c_str());  // a process that opened it meanwhile looks whether it is still there
    if (has_file_) ::unlink((folder_ / name_of_holder).c_str());
    ::rmdir(folder_.c_str());
    ::close(lock_);
}

}  // namespace sim
