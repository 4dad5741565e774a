#include "study/room.hpp"

#include <algorithm>
#include <bit>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "models/growth/model.hpp"
#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/composer.hpp"
#include "sim/output/writer.hpp"
#include "sim/run/ensemble.hpp"
#include "sim/run/parts.hpp"
#include "study/usage_error.hpp"

namespace jiju {
namespace {

namespace fs = std::filesystem;

constexpr auto no_limit = std::numeric_limits<std::uintmax_t>::max();

// `Key:  123 kB` of a file of /proc or of a cgroup; `unit` bytes each. No limit where there is no such line.
std::uintmax_t value_in(const fs::path& file, const std::string& key, std::uintmax_t unit) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(key)) {
            std::istringstream rest(line.substr(key.size()));
            if (std::uintmax_t value = 0; rest >> value) return value * unit;
        }
    return no_limit;
}

std::uintmax_t number_in(const fs::path& file) {
    std::ifstream text(file);
    std::uintmax_t value = 0;
    return text >> value ? value : no_limit;  // "max" is no number
}

// What a cgroup leaves: its page cache can be given back.
std::uintmax_t left_in(const fs::path& group, const char* limit, const char* usage) {
    const auto most = number_in(group / limit), used = number_in(group / usage);
    constexpr auto unlimited = std::uintmax_t{1} << 62;  // cgroup v1 says so with a number
    if (most >= unlimited || used == no_limit) return no_limit;
    auto cache = value_in(group / "memory.stat", "total_inactive_file ", 1);
    if (cache == no_limit) cache = value_in(group / "memory.stat", "inactive_file ", 1);
    const auto held = cache == no_limit || cache > used ? used : used - cache;
    return most > held ? most - held : 0;
}

// Of all groups above this process's as well: the least counts.
std::uintmax_t left_in_groups() {
    auto least = no_limit;
    std::ifstream groups("/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {
        const auto first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const auto controllers = line.substr(first + 1, second - first - 1);
        const bool is_v2 = controllers.empty();
        if (!is_v2 && controllers.find("memory") == std::string::npos) continue;
        const fs::path root = is_v2 ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
        for (fs::path group = line.substr(second + 1);; group = group.parent_path()) {
            const auto folder = root / group.relative_path();
            least = std::min(least, is_v2 ? left_in(folder, "memory.max", "memory.current")
                                          : left_in(folder, "memory.limit_in_bytes", "memory.usage_in_bytes"));
            if (!group.has_relative_path()) break;
        }
    }
    return least;
}

std::uintmax_t left_of_address_space() {
    struct rlimit limit {};
    if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return no_limit;
    const auto used = value_in("/proc/self/status", "VmSize:", 1024);
    return used < limit.rlim_cur ? limit.rlim_cur - used : 0;
}

// Of one scenario: nodes of moments, extremes, and buckets or rows that are still to be counted.
std::uintmax_t bytes_of_statistics(std::size_t series, std::size_t replicates) {
    const auto bits = static_cast<std::uintmax_t>(std::bit_width(replicates));
    const auto nodes = static_cast<std::uintmax_t>(std::popcount(replicates)) + std::min<std::uintmax_t>(bits, 4);
    constexpr std::uintmax_t waiting = 64, fixed = 112;
    const auto rows = std::min<std::uintmax_t>(replicates, waiting) * sizeof(double);
    return series * (nodes * 3 * sizeof(double) + sim::estimated_buckets(replicates) + rows + fixed);
}

std::uintmax_t bytes_of_texts(const sim::Outline& outline) {
    return outline.texts.empty() ? 0 : outline.texts[0].size() * outline.texts.size();
}

// Chunks that fill until they are written.
std::uintmax_t bytes_of_chunks(const sim::Outline& outline, std::size_t replicates) {
    const auto scenarios = outline.layout.scenarios.size();
    std::uintmax_t bytes = 0;
    for (const auto& variable : outline.view.kept()) {
        const auto row = sim::row_length(outline.view.axes(), variable);
        bytes += sim::rows_of_chunk(row, scenarios * outline.view.kept().size(), replicates) * row * sizeof(double);
    }
    return scenarios * bytes;
}

// Targets of every scenario, exact while they are few.
std::uintmax_t bytes_of_samples(const growth::Config& config, std::size_t scenarios, std::size_t replicates) {
    constexpr std::uintmax_t exact = 1000, exact_of_many = 250, many = 100, fixed = 12'000, series = 3;
    const auto most = scenarios > many ? exact_of_many : exact;
    return scenarios *
           (fixed + config.targets.size() * series * std::min<std::uintmax_t>(replicates, most) * 2 * sizeof(double));
}

// The most of `most` for which `fits(count)` holds; it holds for 0.
std::size_t largest(std::size_t most, auto&& fits) {
    std::size_t low = 0;
    for (auto high = most + 1; high - low > 1;) {
        const auto middle = low + (high - low) / 2;
        (fits(middle) ? low : high) = middle;
    }
    return low;
}

std::string size_text(std::uintmax_t bytes) {
    const auto mb = static_cast<double>(bytes) * 1e-6;
    return mb < 1000 ? fmt::format("{:.0f} MB", mb) : fmt::format("{:.1f} GB", mb * 1e-3);
}

// What would fit, as the rest of a sentence.
std::string advice(const sim::Outline& outline, std::size_t replicates, std::size_t scenarios) {
    std::vector<std::string> ways;
    if (replicates > 0) ways.push_back(sim::translated("--replicates {} or fewer", replicates));
    const auto all = outline.layout.scenarios.size();
    if (all > 1 && scenarios > 0)
        ways.push_back(sim::translated("{} or fewer of the {} scenarios at once", scenarios, all));
    if (outline.recording.detail > sim::Detail::outcomes)
        ways.emplace_back(sim::translated("--record targets, or fewer --outputs"));
    if (replicates == 0 && scenarios == 0 && ways.empty()) return sim::translated("not even one replicate would fit");
    std::string text;
    for (std::size_t i = 0; i < ways.size(); ++i)
        text += (i == 0 ? "" : i + 1 == ways.size() ? ", or " : ", ") + ways[i];
    return "give " + text;
}

std::size_t share_of(std::size_t scenarios, std::uintmax_t room, std::uintmax_t needed) {
    return static_cast<std::size_t>(static_cast<double>(scenarios) * static_cast<double>(room) /
                                    static_cast<double>(needed));
}

}  // namespace

std::uintmax_t available_memory() {
    return std::min({value_in("/proc/meminfo", "MemAvailable:", 1024), left_in_groups(), left_of_address_space()});
}

std::uintmax_t resident_memory() {
    const auto bytes = value_in("/proc/self/status", "VmRSS:", 1024);
    return bytes == no_limit ? 0 : bytes;
}

std::uintmax_t memory_of_statistics(const sim::Outline& outline, std::size_t scenarios, std::size_t replicates) {
    return scenarios * bytes_of_statistics(outline.view.yearly_length(), replicates);
}

std::uintmax_t memory_of(const sim::Outline& outline, std::size_t replicates, Destination to, double seconds) {
    const auto scenarios = outline.layout.scenarios.size();
    const auto statistics = memory_of_statistics(outline, scenarios, replicates);
    const std::uintmax_t row = scenarios * outline.view.kept_length() * sizeof(double), rows = row * replicates;
    if (to == Destination::nowhere) return 0;
    if (to == Destination::memory) return rows + rows / 4 + 2 * statistics + bytes_of_texts(outline);
    // What comes in until the next part is saved (sim::Saver), blocks on their way, chunks of the file and of a part.
    const double until_part = std::max(sim::Saver::everyday.count(), 0.02 * seconds);
    const double share = seconds > until_part ? until_part / seconds : 1;
    const auto waiting = std::min<std::uintmax_t>(static_cast<std::uintmax_t>(static_cast<double>(rows) * share),
                                                  sim::Saver::most_bytes);
    const auto on_the_way = 2 * std::min<std::uintmax_t>(rows, sim::Saver::block_bytes + row);
    const auto chunks = std::min<std::uintmax_t>(rows, bytes_of_chunks(outline, replicates));
    const auto parts = share < 1 ? statistics / 2 + waiting / 4 : 0;
    const auto tables = scenarios * outline.view.yearly_length() * 10 * sizeof(double);
    return waiting + on_the_way + chunks + parts + 2 * statistics + tables;
}

std::uintmax_t memory_of_work(const growth::Config& config, int threads) {
    // A record of everything and a state for each scenario of a task, two tasks a thread.
    std::uintmax_t values = 0;
    const auto record = growth::Growth::blank(config);
    growth::Record::describe_cubes(record, [&](const auto& cube) {
        for (std::size_t i = 0; i < cube.specs().size(); ++i) values += cube.values_of(i).size();
    });
    return static_cast<std::uintmax_t>(threads) * 2 * sim::ensemble::scenarios_of_task * values * sizeof(double);
}

void check_room(const Study& study, const sim::Outline& outline, std::size_t replicates, int threads, Destination to,
                const std::string& path, sim::FileKind file) {
    const auto scenarios = outline.layout.scenarios.size();
    const auto needed = [&](std::size_t n) {
        return n == 0 ? 0 : memory_of(outline, n, to) + bytes_of_samples(study.first(), scenarios, n);
    };
    const auto work = memory_of_work(study.first(), threads), room = available_memory();
    if (needed(replicates) + work > room) {
        const auto most = largest(replicates, [&](std::size_t n) { return needed(n) + work <= room; });
        throw UsageError(sim::translated(
            "{} replicates of {} scenarios need about {} of memory, but {} are available: {}", replicates, scenarios,
            size_text(needed(replicates) + work), size_text(room),
            advice(outline, most, room > work ? share_of(scenarios, room - work, needed(replicates)) : 0)));
    }
    if (path.empty()) return;
    const auto folder = fs::absolute(path).parent_path();
    struct statvfs disk {};
    if (::statvfs(folder.c_str(), &disk) != 0) return;  // the writer of the file says what is wrong with its folder
    const auto free = static_cast<std::uintmax_t>(disk.f_bavail) * disk.f_frsize;
    // The parts and the file exist side by side for a moment.
    const auto written = [&](std::size_t n) { return n == 0 ? 0 : 2 * sim::estimated_size(outline, n, file); };
    if (written(replicates) <= free) return;
    const auto most = largest(replicates, [&](std::size_t n) { return written(n) <= free; });
    throw sim::FileError(sim::translated("{}: needs {} while it is written, but its disk has {} free: {}", path,
                                         size_text(written(replicates)), size_text(free),
                                         advice(outline, most, share_of(scenarios, free, written(replicates)))));
}

}  // namespace jiju
