// How much memory and disk a run takes, and whether there is so much: what cannot fit is refused before it begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "sim/output/outline.hpp"
#include "sim/output/writer.hpp"
#include "study/scenario.hpp"

namespace jiju {

// Bytes that this process may still take: what the machine has left, the limits of its cgroups (v1 and v2) and of its
// address space (ulimit -v), whichever is least.
[[nodiscard]] std::uintmax_t available_memory();
// Bytes it has now.
[[nodiscard]] std::uintmax_t resident_memory();

// Where what is simulated goes.
enum class Destination : std::uint8_t { nowhere, file, memory };

// Bytes that a run of so many replicates holds at its peak, beyond its scenarios and what its threads work on.
// `seconds` is how long it will take, which decides how much waits for the next part; 0 where it is not known.
[[nodiscard]] std::uintmax_t memory_of(const sim::Outline& outline, std::size_t replicates, Destination to,
                                       double seconds = 0);
// Bytes of the statistics of so many replicates under so many scenarios, once.
[[nodiscard]] std::uintmax_t memory_of_statistics(const sim::Outline& outline, std::size_t scenarios,
                                                  std::size_t replicates);
// Bytes that its threads work on.
[[nodiscard]] std::uintmax_t memory_of_work(const growth::Config& config, int threads);

// UsageError where memory, FileError where the disk of `path` cannot hold it; both say how many replicates or scenarios
// would fit. `path` only where a file is written; `file` says of which kind.
void check_room(const Study& study, const sim::Outline& outline, std::size_t replicates, int threads, Destination to,
                const std::string& path, sim::FileKind file);

}  // namespace jiju
