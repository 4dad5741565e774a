// Control groups: Documentation/admin-guide/cgroup-v2.rst (cpu.max) and cgroup-v1 (cpu.cfs_quota_us, cpu.cfs_period_us)
// of the Linux kernel. A quota is processor time a period; of a fraction of a processor a thread is worth starting.
#include "sim/parallel/processors.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include <sched.h>

namespace sim {
namespace {

namespace fs = std::filesystem;

constexpr int no_limit = std::numeric_limits<int>::max();

int bound_processors() {
    // Machines may have more processors than a cpu_set_t.
    for (int most = 1024; most <= (1 << 20); most *= 4) {
        cpu_set_t* set = CPU_ALLOC(static_cast<std::size_t>(most));
        const auto bytes = CPU_ALLOC_SIZE(static_cast<std::size_t>(most));
        if (set == nullptr) break;
        const bool known = ::sched_getaffinity(0, bytes, set) == 0;
        const int count = known ? CPU_COUNT_S(bytes, set) : 0;
        CPU_FREE(set);
        if (known) return std::max(1, count);
    }
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string word_of(const fs::path& file, int place = 0) {
    std::ifstream stream(file);
    std::string word;
    for (int i = 0; i <= place; ++i)
        if (!(stream >> word)) return {};
    return word;
}

int processors_of(std::optional<std::int64_t> quota, std::optional<std::int64_t> period) {
    if (!quota || !period || *quota <= 0 || *period <= 0) return no_limit;
    const double processors = static_cast<double>(*quota) / static_cast<double>(*period);
    return static_cast<int>(std::clamp(std::ceil(processors), 1.0, 1e6));
}

int quota_of_v2(const fs::path& group) {
    const auto file = group / "cpu.max";
    return processors_of(number_in(word_of(file)), number_in(word_of(file, 1)));
}

int quota_of_v1(const fs::path& group) {
    return processors_of(number_in(word_of(group / "cpu.cfs_quota_us")),
                         number_in(word_of(group / "cpu.cfs_period_us")));
}

// Of the group and all above it. Within a container its own group is mounted as the top, whatever its name outside, so
// the top is asked as well.
int least_quota(const fs::path& top, const std::string& group, int (*quota)(const fs::path&)) {
    int least = quota(top);
    auto below = fs::path(group).relative_path().lexically_normal();
    for (; !below.empty() && *below.begin() != ".." && below != "."; below = below.parent_path())
        least = std::min(least, quota(top / below));
    return least;
}

bool has_controller(const std::string& list, std::string_view wanted) {
    for (std::size_t from = 0; from <= list.size();) {
        const auto to = std::min(list.find(',', from), list.size());
        if (std::string_view(list).substr(from, to - from) == wanted) return true;
        from = to + 1;
    }
    return false;
}

// Each line of /proc/self/cgroup is `number:controllers:path`; version 2 has number 0 and names none.
int group_processors(const fs::path& root) {
    const auto mounted = root / "sys/fs/cgroup";
    std::ifstream groups(root / "proc/self/cgroup");
    int least = no_limit;
    for (std::string line; std::getline(groups, line);) {
        const auto first = line.find(':'), second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) continue;
        const auto controllers = line.substr(first + 1, second - first - 1), path = line.substr(second + 1);
        if (controllers.empty()) {
            least = std::min(least, least_quota(mounted, path, quota_of_v2));
            least = std::min(least, least_quota(mounted / "unified", path, quota_of_v2));
        }
        if (has_controller(controllers, "cpu"))
            for (const auto& place : {mounted / controllers, mounted / "cpu"})
                least = std::min(least, least_quota(place, path, quota_of_v1));
    }
    return least;
}

int processors_of_task() {
    const char* text = std::getenv("SLURM_CPUS_PER_TASK");
    const auto count = text == nullptr ? std::nullopt : number_in(text);
    return count && *count >= 1 && *count <= 1'000'000 ? static_cast<int>(*count) : no_limit;
}

}  // namespace

int usable_processors(const fs::path& root) {
    return std::min({bound_processors(), group_processors(root), processors_of_task()});
}

int startable_threads(int wanted) {
    // What could be started once can be used again: the pool keeps its threads.
    static std::atomic<int> proved = 1;
    if (wanted <= proved) return std::max(wanted, 1);
    std::mutex mutex;
    std::condition_variable released;
    bool may_end = false;
    std::vector<std::thread> crew;
    // One more than the caller's team: the one that saves.
    for (int i = 0; i < wanted; ++i) try {
            crew.emplace_back([&] {
                std::unique_lock lock(mutex);
                released.wait(lock, [&] { return may_end; });
            });
        } catch (const std::system_error&) {
            break;
        }
    {
        const std::lock_guard lock(mutex);
        may_end = true;
    }
    released.notify_all();
    for (auto& thread : crew) thread.join();
    proved = std::max<int>(proved, static_cast<int>(crew.size()));
    return std::min<int>(proved, wanted);
}

}  // namespace sim
