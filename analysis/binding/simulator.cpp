#include "analysis/binding/simulator.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include "analysis/binding/binding.hpp"
#include "sim/record/cube.hpp"
#include "study/simulator.hpp"

namespace jiju::binding {

namespace nb = nanobind;
using namespace nb::literals;

namespace {

using Row = nb::ndarray<nb::numpy, double, nb::ndim<1>>;

// Answers the outputs, each with how many numbers of a row are its own.
std::vector<std::tuple<std::string, std::size_t>> open(Simulator& simulator,
                                                       const std::vector<const EditedScenario*>& arms,
                                                       std::uint64_t seed) {
    std::vector<Scenario> opened;
    for (const auto* arm : arms) opened.push_back(arm->opened());
    simulator.open(std::move(opened), seed);
    std::vector<std::tuple<std::string, std::size_t>> outputs;
    const auto& view = simulator.view();
    for (const auto& variable : view.kept())
        outputs.emplace_back(variable.name, sim::row_length(view.axes(), variable));
    return outputs;
}

Row row(Simulator& simulator, std::size_t arm, std::uint32_t replicate) {
    double* copy = nullptr;
    std::size_t length = 0;
    {
        const nb::gil_scoped_release released;
        const auto found = simulator.row(arm, replicate);
        length = found.size();
        copy = new double[length];
        std::copy(found.begin(), found.end(), copy);
    }
    return Row(copy, {length}, nb::capsule(copy, [](void* each) noexcept { delete[] static_cast<double*>(each); }));
}

}  // namespace

void bind_simulator(nb::module_& module) {
    nb::class_<Simulator>(module, "Simulator")
        .def(nb::init<std::size_t>(), "most_bytes"_a)
        .def("open", &open, "arms"_a, "seed"_a)
        .def("row", &row, "arm"_a, "replicate"_a);
}

}  // namespace jiju::binding
