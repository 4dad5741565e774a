#include "sim/parallel/blocks.hpp"

#if defined(JIJU_EXECUTOR_THREADS)
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "sim/parallel/processors.hpp"
#elif !defined(JIJU_EXECUTOR_SERIAL)
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#endif

namespace sim::detail {

#if defined(JIJU_EXECUTOR_SERIAL)

void run_blocks(std::size_t count, BlockBody body, const void* context) {
    for (std::size_t block = 0; block < count; ++block) body(context, block);
}

#elif defined(JIJU_EXECUTOR_THREADS)

void run_blocks(std::size_t count, BlockBody body, const void* context) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr thrown;
    const auto work = [&] {
        for (std::size_t block = next++; block < count; block = next++) try {
                body(context, block);
            } catch (...) {
                const std::lock_guard lock(mutex);
                thrown = std::current_exception();
                next = count;
            }
    };
    {
        std::vector<std::jthread> crew;
        for (int i = 0; i < std::max(usable_processors(), 2); ++i) crew.emplace_back(work);
    }
    if (thrown) std::rethrow_exception(thrown);
}

#else

void run_blocks(std::size_t count, BlockBody body, const void* context) {
    tbb::this_task_arena::isolate(
        [&] { tbb::parallel_for(std::size_t{0}, count, [&](std::size_t block) { body(context, block); }); });
}

#endif

}  // namespace sim::detail
