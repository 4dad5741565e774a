// Many independent pieces of work on several threads, their results taken one at a time in order.
//
// The order of results, and so everything made from them, does not depend on the number of threads or on chance.
#pragma once

#include <concepts>
#include <cstddef>

#if defined(JIJU_EXECUTOR_THREADS)
#include "sim/parallel/by_threads.hpp"
#elif defined(JIJU_EXECUTOR_SERIAL)
#include "sim/parallel/serial.hpp"
#else
#include "sim/parallel/by_tbb.hpp"
#endif

namespace sim {

// Items live in a ring and are used again, so that an item which keeps its memory costs no allocation; the ring also
// bounds how far the fast may run ahead of the slow. `produce(index, item)` is called on any thread, with an item in
// whatever state its last use left it; `consume(index, item)` once at a time, in ascending order, and not always on the
// same thread. Where `stopped()` is true, asked before the first of every `group` indices, no further index is begun;
// those begun are finished and consumed. What either throws is
// thrown here, once nothing runs any more. Returns how many were consumed. A `produce` that is parallel within itself
// must be so by for_each_block, or its thread may begin another index while it waits.
template <std::default_initializable Item, std::invocable<std::size_t, Item&> Produce,
          std::invocable<std::size_t, Item&> Consume, std::predicate Stopped>
std::size_t in_order(std::size_t count, [[maybe_unused]] int threads, Produce produce, Consume consume, Stopped stopped,
                     std::size_t group = 1) {
    const auto stopped_before = [&](std::size_t index) { return index % group == 0 && stopped(); };
#if defined(JIJU_EXECUTOR_THREADS)
    return in_order_by_threads<Item>(count, threads, produce, consume, stopped_before);
#elif defined(JIJU_EXECUTOR_SERIAL)
    return in_order_serially<Item>(count, produce, consume, stopped_before);
#else
    return in_order_by_tbb<Item>(count, threads, produce, consume, stopped_before);
#endif
}

}  // namespace sim
