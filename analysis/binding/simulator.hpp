// Replicates of arms for a page, seen from Python.
#pragma once

#include <nanobind/nanobind.h>

namespace jiju::binding {

void bind_simulator(nanobind::module_& module);

}  // namespace jiju::binding
