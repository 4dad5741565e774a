// Whether a results file is whole, says of itself what is true, and is reproducible from its own scenarios.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jiju {

struct Finding {
    std::string check;
    bool holds;
    std::string detail;
};

// Of `sample` replicates, drawn by `seed`, are replayed; of all where there are no more.
struct Replayed {
    std::size_t sample;
    std::uint64_t seed;
};

// The findings in the order of the checks; those that depend on one that failed are left out. FileError where the file
// cannot be read at all.
[[nodiscard]] std::vector<Finding> verification(const std::string& file, const Replayed& replayed);

}  // namespace jiju
