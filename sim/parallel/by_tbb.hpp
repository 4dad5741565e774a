// in_order() on oneTBB: the everyday executor.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <vector>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

namespace sim {

template <class Item>
std::size_t in_order_by_tbb(std::size_t count, int threads, auto& produce, auto& consume, auto stopped) {
    threads = std::max(threads, 1);
    // Two a thread: one at work, one waiting for its turn.
    const auto in_flight = std::max<std::size_t>(1, std::min(count, 2 * static_cast<std::size_t>(threads)));
    std::vector<Item> ring(in_flight);
    std::size_t begun = 0;
    std::size_t consumed = 0;
    // At most `in_flight` unconsumed items exist, and they are consecutive, so no two share a place in the ring.
    const auto next =
        tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order, [&](tbb::flow_control& flow) {
            if (begun == count || stopped(begun)) {
                flow.stop();
                return std::size_t{0};
            }
            return begun++;
        });
    const auto work = tbb::make_filter<std::size_t, std::size_t>(tbb::filter_mode::parallel, [&](std::size_t index) {
        produce(index, ring[index % in_flight]);
        return index;
    });
    const auto take = tbb::make_filter<std::size_t, void>(tbb::filter_mode::serial_in_order, [&](std::size_t index) {
        consume(index, ring[index % in_flight]);
        ++consumed;
    });
    const tbb::global_control as_many(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    tbb::task_arena arena(threads);
    arena.execute([&] { tbb::parallel_pipeline(in_flight, next & work & take); });
    return consumed;
}

}  // namespace sim
