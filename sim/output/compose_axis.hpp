// Tells a medium an axis with all that goes along it, and a column of whole numbers or codes.
#pragma once

#include <string>
#include <vector>

#include "sim/output/medium.hpp"
#include "sim/record/layout.hpp"

namespace sim {

// In their order; of each its points, its names, the ends of its intervals and its companions.
void compose_axes(const std::vector<Axis>& axes, Medium& medium);
// One that has no intervals.
void compose_axis(const Axis& axis, Medium& medium);

// A variable along one dimension, in the type it is stored in, with the words of its codes.
void compose_column(const Variable& variable, const std::string& along, const std::vector<double>& values,
                    Medium& medium);

}  // namespace sim
