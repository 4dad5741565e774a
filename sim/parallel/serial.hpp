// in_order() on the caller's own thread, for targets that have no other, such as WebAssembly in a page.
#pragma once

#include <cstddef>

namespace sim {

template <class Item>
std::size_t in_order_serially(std::size_t count, auto& produce, auto& consume, auto stopped) {
    Item item{};
    std::size_t index = 0;
    for (; index < count && !stopped(index); ++index) {
        produce(index, item);
        consume(index, item);
    }
    return index;
}

}  // namespace sim
