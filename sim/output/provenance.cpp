// The one source that is compiled again when the commit changes.
#include "sim/output/provenance.hpp"

#include "sim/output/revision.hpp"

namespace sim {

Build build() {
    return {revision::version, revision::commit, revision::dirty, revision::compiler, revision::flags};
}

Attributes provenance(std::uint64_t seed) {
    const auto made = build();
    return {{"software_version", std::string(made.version)},
            {"git_sha1", std::string(made.commit)},
            {"git_dirty", static_cast<std::int64_t>(made.dirty)},
            {"compiler", std::string(made.compiler)},
            {"build_flags", std::string(made.flags)},
            {"seed", std::to_string(seed)},
            {"rng", "philox4x32-10"}};
}

}  // namespace sim
