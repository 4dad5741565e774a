// What a process keeps from one campaign to the next: states of replicates after the burn-in.
#pragma once

#include <cstddef>
#include <memory>

#include "models/growth/model.hpp"
#include "sim/run/beginnings.hpp"

namespace jiju {

// Campaigns of scenarios that begin alike with the same seed take over each other's burn-in; their results are those
// that they have without, to the bit. A state of the flagship takes some megabytes.
using Warm = sim::Beginnings<growth::Growth>;

}  // namespace jiju
