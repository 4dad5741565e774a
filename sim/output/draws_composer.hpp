// Tells a medium what replicates drew of the uncertain numbers (Layout::drawn), draw by draw as replicates come in.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "sim/output/medium.hpp"
#include "sim/output/outline.hpp"

namespace sim {

// The draws that the replicates of an extent belong to, counted from 0 in the whole run.
[[nodiscard]] Extent draws_of(const Layout& layout, Extent replicates);

class DrawsComposer {
public:
    DrawsComposer() = default;  // tells nothing
    // `layout` and `medium` must outlive it.
    DrawsComposer(const Layout& layout, Extent replicates, Medium& medium);

    void reach(std::size_t replicate);  // all before it are there
    void finish();

private:
    struct Collected {
        std::unique_ptr<Medium::Column> column;
        std::size_t full = 0;  // values a chunk
        std::vector<std::vector<double>> waiting = {};
    };

    static void hand_over(Collected& collected, bool all);
    void add(std::size_t draw);

    const Layout* layout_ = nullptr;
    std::size_t next_ = 0;                 // draw
    std::vector<Collected> shared_, own_;  // one each, or none
};

}  // namespace sim
