// Whether a results file is whole, says of itself what is true, and is reproducible from its own scenarios.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "apps/commands.hpp"

namespace jiju {

struct Finding {
    std::string check;
    bool holds;
    std::string detail;
};

// The findings in the order of the checks; those that depend on one that failed are left out. `seed` draws the
// replicates that are replayed. FileError where the file cannot be read at all.
[[nodiscard]] std::vector<Finding> verification(const VerifyOptions& options, std::uint64_t seed);

}  // namespace jiju
