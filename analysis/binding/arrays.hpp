// Datasets as NumPy arrays that own the memory the engine wrote them to.
#pragma once

#include <string>
#include <vector>

#include <nanobind/nanobind.h>

#include "sim/output/memory.hpp"

namespace jiju::binding {

using Attributes = nanobind::typed<nanobind::dict, nanobind::str, nanobind::object>;
// name, dimensions, values (an array, or a list of texts), attributes
using Variable = nanobind::typed<nanobind::tuple, nanobind::str, nanobind::typed<nanobind::list, nanobind::str>,
                                 nanobind::object, Attributes>;

[[nodiscard]] Attributes attributes_of(const sim::Attributes& attributes);

// Takes the values out of the dataset.
[[nodiscard]] nanobind::typed<nanobind::list, Variable> variables_of(sim::MemoryDataset& dataset);

}  // namespace jiju::binding
