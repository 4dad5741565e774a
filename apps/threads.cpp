#include "apps/threads.hpp"

#include <atomic>

#include <fmt/format.h>

#include "apps/console.hpp"
#include "sim/parallel/processors.hpp"

namespace jiju {

int threads_for(std::optional<int> asked) {
    static std::atomic<bool> told = false;
    const int wanted = asked ? *asked : sim::usable_processors();
    const int found = sim::startable_threads(wanted);
    if (found < wanted && !told.exchange(true))
        tell(
            fmt::format("jiju: of {} threads {} can be started (see 'ulimit -u', or the limit of the container on "
                        "processes); continuing with {}\n",
                        wanted, found, found));
    return found;
}

}  // namespace jiju
