// Records add up member by member.
#pragma once

#include <array>
#include <cstddef>

#include "sim/describe/spec.hpp"

namespace growth {

// Adds up members that add up; the others are zero in every part.
template <class Outputs>
void add(Outputs& all, Outputs part) {
    std::array<double, sizeof(Outputs) / sizeof(double)> parts{};
    std::size_t k = 0;
    Outputs::describe(part, [&](const sim::Spec&, double& value) { parts[k++] = value; });
    k = 0;
    Outputs::describe(all, [&](const sim::Spec&, double& total) { total += parts[k++]; });
}

}  // namespace growth
