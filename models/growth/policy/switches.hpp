// Switches that take away many components of levers at once: all of a grade of evidence, or of a mechanism. A lever has
// one of its own for all that belong to it (`components`).
#pragma once

#include <array>
#include <cstddef>

#include "sim/describe/spec.hpp"

namespace growth {

struct Config;

struct Switches {
    static constexpr std::size_t grades = 4, most_mechanisms = 8;

    std::array<bool, grades> grade;
    std::array<bool, most_mechanisms> mechanism;  // in the order of mechanisms.hpp

    Switches();
    void describe(const sim::Members& member);
};

// What a switch takes away is off, whatever its own row says.
void switch_components(Config&);

}  // namespace growth
