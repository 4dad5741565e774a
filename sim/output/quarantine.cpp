// A child, a pipe and three limits.
#include "sim/output/quarantine.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/describe/translated.hpp"
#include "sim/output/causes.hpp"

namespace sim {
namespace {

// What the child says begins with one of these and ends with `end`; whatever does not was cut short.
constexpr char good = '+', refused = '-', starved = '!', end = '\0';

std::uintmax_t bytes_now() {
    std::uintmax_t pages = 0;
    if (auto* file = std::fopen("/proc/self/statm", "re"); file != nullptr) {
        std::array<char, 32> text{};
        const auto size = std::fread(text.data(), 1, text.size(), file);
        std::from_chars(text.data(), text.data() + size, pages);
        std::fclose(file);
    }
    return pages * static_cast<std::uintmax_t>(::sysconf(_SC_PAGESIZE));
}

void limit(int resource, std::uintmax_t most) {
    rlimit now{};
    if (::getrlimit(static_cast<__rlimit_resource_t>(resource), &now) != 0) return;
    now.rlim_cur = std::min<rlim_t>(now.rlim_max, most);
    ::setrlimit(static_cast<__rlimit_resource_t>(resource), &now);
}

// Ours or the interpreter's handlers are of another process; what dying code says helps nobody.
void prepare_child(const Quarantine& limits, std::uintmax_t bytes) {
    for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU, SIGPIPE}) std::signal(signal, SIG_DFL);
    // What a terminal or a scheduler sends to all processes is for the parent, and is no sign of a bad file.
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2}) std::signal(signal, SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, static_cast<std::uintmax_t>(std::ceil(limits.processor_seconds)));
    limit(RLIMIT_AS, bytes);
    if (const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC); nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
}

void send(int pipe, std::string_view text) {
    while (!text.empty()) {
        const auto count = ::write(pipe, text.data(), text.size());
        if (count < 0 && errno != EINTR) return;
        if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    }
}

[[noreturn]] void work_as_child(int pipe, const std::function<std::string()>& work) {
    std::string answer;
    try {
        answer = good + work();
    } catch (const std::bad_alloc&) {
        answer = starved;
    } catch (const std::exception& error) {
        answer = std::string(1, refused) + error.what();
    } catch (...) {
        answer = std::string(1, refused) + translated("an unknown error");
    }
    answer += end;
    send(pipe, answer);
    ::_exit(0);
}

// Until the child has said all or closes its end; false where that takes too long.
bool receive(int pipe, double seconds, std::string& answer) {
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + std::chrono::duration<double>(seconds);
    std::array<char, 4096> buffer;
    for (;;) {
        const auto left = std::chrono::duration<double, std::milli>(until - Clock::now()).count();
        if (left <= 0) return false;
        pollfd watched{pipe, POLLIN, 0};
        if (::poll(&watched, 1, static_cast<int>(std::min(left, 1e6)) + 1) <= 0) continue;
        const auto count = ::read(pipe, buffer.data(), buffer.size());
        if (count == 0) return true;
        if (count > 0) answer.append(buffer.data(), static_cast<std::size_t>(count));
        if (!answer.empty() && answer.back() == end) return true;
        if (count < 0 && errno != EINTR) return true;
    }
}

std::string ending_of(int status, bool in_time) {
    if (!in_time || (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)))
        return translated("reading it does not come to an end");
    if (WIFSIGNALED(status)) return translated("reading it crashes ({})", ::strsignal(WTERMSIG(status)));
    return translated("reading it crashes");
}

}  // namespace

std::string in_quarantine(const Quarantine& limits, const std::string& subject,
                          const std::function<std::string()>& work) {
    const auto damaged = [&](const std::string& how) {
        throw DamagedError(subject + translated(": was damaged: ") + how);
    };
    constexpr auto cannot = "cannot be checked in a process of its own";
    const auto bytes = bytes_now() + limits.bytes;
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail_at(subject, cannot, errno);
    const auto child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        prepare_child(limits, bytes);
        work_as_child(ends[1], work);
    }
    const int error = errno;
    ::close(ends[1]);
    std::string answer;
    bool in_time = true;
    int status = 0;
    if (child > 0) {
        in_time = receive(ends[0], limits.seconds, answer);
        if (!in_time) ::kill(child, SIGKILL);
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    }
    ::close(ends[0]);
    if (child < 0) fail_at(subject, cannot, error);
    if (answer.size() < 2 || answer.back() != end) damaged(ending_of(status, in_time));
    const auto text = answer.substr(1, answer.size() - 2);
    if (answer.front() == starved) damaged(translated("reading it takes more memory than such a file can need"));
    if (answer.front() == refused) throw FileError(text);
    return text;
}

}  // namespace sim
