#include "study/threads.hpp"

#include "sim/parallel/processors.hpp"

namespace jiju {

int threads_wanted(std::optional<int> asked) {
    return asked ? *asked : sim::usable_processors();
}

int threads_for(std::optional<int> asked) {
    return sim::startable_threads(threads_wanted(asked));
}

}  // namespace jiju
