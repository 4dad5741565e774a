// How a file came to be: this build, and the seed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/record/attributes.hpp"

namespace sim {

// What the program was built from and with.
struct Build {
    std::string_view version;
    std::string_view commit;  // 40 hexadecimal digits, or "unknown" outside a repository
    bool dirty;               // the sources differed from that commit
    std::string_view compiler;
    std::string_view flags;
};
[[nodiscard]] Build build();

// The file's attributes that say so, in the order of docs/output_format.md.
[[nodiscard]] Attributes provenance(std::uint64_t seed);

}  // namespace sim
