// The blocks of one loop, on several threads where there are enough of them.
//
// What a block finds it leaves where it is found again; the caller adds up in the order of blocks once all are done,
// so sums have the same bits for any number of threads.
#pragma once

#include <cstddef>

namespace sim {

namespace detail {
// Not a template: the executor is compiled once, whatever copies there are of the code that calls it.
using BlockBody = void (*)(const void* context, std::size_t block);
void run_blocks(std::size_t count, BlockBody body, const void* context);
}  // namespace detail

// Calls body(0) ... body(count - 1), in this order on this thread unless `parallel`. Threads are those of the loop over
// replicates in which this runs, if there is one; meanwhile the thread begins no other replicate. What a body throws is
// thrown here.
template <class Body>
void for_each_block(std::size_t count, bool parallel, const Body& body) {
    if (!parallel) {
        for (std::size_t block = 0; block < count; ++block) body(block);
        return;
    }
    detail::run_blocks(
        count, [](const void* context, std::size_t block) { (*static_cast<const Body*>(context))(block); }, &body);
}

}  // namespace sim
