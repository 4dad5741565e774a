// What a state takes, for those who keep many.
#pragma once

#include <cstddef>

namespace growth {

struct State;

// Bytes, small ones left out: columns of firms with the room they have for more, cells, blocks, and figures of the
// base year.
std::size_t bytes_of(const State&);

}  // namespace growth
