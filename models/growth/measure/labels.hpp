// What a target is called where its row does not say: made of what it counts and asks for, in both languages.
#pragma once

#include <string>
#include <vector>

#include "models/growth/config.hpp"
#include "sim/record/layout.hpp"

namespace growth {

// `axes` name the keys of filters (axes_of).
std::string label_of(const Config&, const std::vector<sim::Axis>& axes, const Target&);
std::string label_zh_of(const Config&, const std::vector<sim::Axis>& axes, const Target&);

// The targets with their names, as tables show them.
sim::Rows<Target> named_targets(const Config&);

}  // namespace growth
