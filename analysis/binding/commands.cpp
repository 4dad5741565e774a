// The command line within Python, and what it can tell without running anything.
#include "apps/commands.hpp"

#include <string>
#include <vector>

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "analysis/binding/binding.hpp"
#include "apps/program.hpp"
#include "sim/output/provenance.hpp"
#include "sim/output/reader.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace jiju::binding {
namespace {

int main_of(const std::vector<std::string>& words) {
    std::vector<const char*> arguments{"jiju"};
    for (const auto& word : words) arguments.push_back(word.c_str());
    arguments.push_back(nullptr);
    return run_program(static_cast<int>(words.size() + 1), arguments.data());
}

}  // namespace

void bind_commands(nb::module_& module) {
    module.attr("version") = std::string(sim::build().version);
    module.def("main", &main_of, "words"_a, nb::call_guard<nb::gil_scoped_release>());
    module.def(
        "describe",
        [](const std::string& topic, const std::string& scenario) {
            return description({.topic = topic, .scenario = scenario, .format = Format::json});
        },
        "topic"_a, "scenario"_a = "");
    // Whatever is no results file, or could harm whoever reads it, is a FileError.
    module.def(
        "check_results", [](const std::string& path) { const sim::ResultsReader reader(path); }, "path"_a);
}

}  // namespace jiju::binding
