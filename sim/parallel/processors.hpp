// How many threads a program should start by itself: as many as it was given processors, not as many as the machine
// has.
#pragma once

#include <filesystem>

namespace sim {

// The least of what the process may use: the processors it is bound to (taskset, a scheduler), the quota of its control
// group and of those above it (containers; version 1 and 2), SLURM_CPUS_PER_TASK. At least 1. `root` is where /proc and
// /sys are, for tests.
[[nodiscard]] int usable_processors(const std::filesystem::path& root = "/");

// As many of `wanted` threads as the system lets this process start now, besides those it has: a limit on processes is
// no reason to fail. At least 1, which is the caller's own.
[[nodiscard]] int startable_threads(int wanted);

}  // namespace sim
