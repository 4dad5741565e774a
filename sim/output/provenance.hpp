// How a file came to be: this build, and the run it was asked for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/output/hdf5.hpp"

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

struct Origin {
    std::uint64_t seed = 0;
    std::string scenario_name = {};
    std::string scenario_name_zh = {};
    std::string scenario_toml = {};  // effective: every value written out
};

// The file's attributes that say so, in the order of docs/output_format.md.
[[nodiscard]] Attributes provenance(const Origin& origin);

}  // namespace sim
