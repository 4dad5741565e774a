// Linux says when a process began in the 22nd item of /proc/PID/stat; the pair of id and begin is never used again
// before the next boot.
#include "sim/output/process.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fstream>
#include <regex>
#include <sstream>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/output/digest.hpp"

namespace sim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t digits = 8;  // of a digest

std::string first_line(const char* path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::string name_of_host() {
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

std::string short_digest(const std::string& text) {
    return sha256(text).substr(0, digits);
}

std::string name_space_of_processes() {
    struct stat status {};
    return ::stat("/proc/self/ns/pid", &status) == 0 ? std::to_string(status.st_ino) : std::string();
}

// The name of the program stands in brackets and may hold anything, so items are counted behind the last one.
std::uint64_t begin_of(std::int64_t id) {
    auto line = first_line(fmt::format("/proc/{}/stat", id).c_str());
    const auto bracket = line.rfind(')');
    if (bracket == std::string::npos) return 0;
    std::istringstream items(line.substr(bracket + 1));
    std::string item;
    constexpr int behind_name = 20;  // the 22nd of all
    for (int i = 0; i < behind_name; ++i) items >> item;
    std::uint64_t begun = 0;
    std::from_chars(item.data(), item.data() + item.size(), begun);
    return begun;
}

template <class T>
T number(const std::ssub_match& match) {
    T value = 0;
    const auto text = match.str();
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string check_of(const std::string& parts, const fs::path& target) {
    return short_digest("jiju temporary " + parts + " " + target.filename().string());
}

}  // namespace

const Process& Process::own() {
    static const Process of_program = [] {
        Process process;
        process.host = name_of_host();
        // Without an id, a name such as localhost is no machine's own: then each boot counts as another machine.
        const auto id_of_boot = first_line("/proc/sys/kernel/random/boot_id");
        const auto id_of_machine = first_line("/etc/machine-id");
        process.machine = short_digest(process.host + " " + (id_of_machine.empty() ? id_of_boot : id_of_machine));
        process.boot = short_digest(id_of_boot);
        process.space = short_digest(name_space_of_processes());
        return process;
    }();
    // A child of a fork is another.
    thread_local Process process;
    if (process.id != ::getpid()) {
        process = of_program;
        process.id = ::getpid();
        process.begun = begin_of(process.id);
    }
    return process;
}

std::string Process::text() const {
    return fmt::format("process {} of {} (machine {}, boot {}, space {}, begun {})\n", id, host, machine, boot, space,
                       begun);
}

std::optional<Process> Process::parse(std::string_view text) {
    static const std::regex pattern(
        R"(process (\d{1,10}) of (\S*) \(machine ([0-9a-f]{8}), boot ([0-9a-f]{8}), space ([0-9a-f]{8}), begun (\d{1,20})\)\s*)");
    std::smatch found;
    const std::string line(text);
    if (!std::regex_match(line, found, pattern)) return std::nullopt;
    return Process{
        found[2], found[3], found[4], found[5], number<std::int64_t>(found[1]), number<std::uint64_t>(found[6])};
}

Process::Life Process::life() const {
    const auto& here = own();
    if (machine != here.machine) return Life::unknown;
    if (boot != here.boot) return Life::over;
    if (space != here.space) return Life::unknown;
    if (::kill(static_cast<pid_t>(id), 0) != 0 && errno == ESRCH) return Life::over;
    const auto since = begin_of(id);
    return begun != 0 && since != 0 && since != begun ? Life::over : Life::alive;
}

fs::path temporary_name(const fs::path& path, int attempt) {
    const auto& own = Process::own();
    const auto parts = fmt::format("{}-{}-{}-{}-{}-{}", own.machine, own.boot, own.space, own.id, own.begun, attempt);
    return fmt::format("{}.tmp-{}-{}", path.string(), parts, check_of(parts, path));
}

std::optional<Process> writer_of(const fs::path& temporary, const fs::path& target) {
    const auto name = temporary.filename().string(), start = target.filename().string() + ".tmp-";
    if (!name.starts_with(start)) return std::nullopt;
    static const std::regex pattern(
        R"((([0-9a-f]{8})-([0-9a-f]{8})-([0-9a-f]{8})-(\d{1,10})-(\d{1,20})-\d{1,10})-([0-9a-f]{8}))");
    std::smatch found;
    const auto rest = name.substr(start.size());
    if (!std::regex_match(rest, found, pattern) || check_of(found[1], target) != found[7]) return std::nullopt;
    return Process{{}, found[2], found[3], found[4], number<std::int64_t>(found[5]), number<std::uint64_t>(found[6])};
}

}  // namespace sim
