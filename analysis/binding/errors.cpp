// Errors of the engine arrive as those of jiju.errors, where their meaning is explained.
#include "sim/describe/errors.hpp"

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "analysis/binding/binding.hpp"
#include "apps/commands.hpp"

namespace nb = nanobind;

namespace jiju::binding {
namespace {

template <class... Arguments>
void raise(const char* name, const Arguments&... arguments) {
    try {
        const nb::object type = nb::module_::import_("jiju.errors").attr(name);
        const nb::object error = type(arguments...);
        PyErr_SetObject(type.ptr(), error.ptr());
    } catch (nb::python_error& failed) {
        failed.restore();
    }
}

void translate(const std::exception_ptr& thrown, void* /*unused*/) {
    try {
        std::rethrow_exception(thrown);
    } catch (const sim::ScenarioError& error) {
        std::vector<std::pair<std::string, std::string>> problems;
        for (const auto& [place, message] : error.problems) problems.emplace_back(place, message);
        raise("ScenarioError", error.what(), problems);
    } catch (const UsageError& error) {
        raise("UsageError", error.what());
    } catch (const sim::FileError& error) {
        raise("FileError", error.what());
    } catch (const sim::InvariantError& error) {
        raise("InvariantError", error.what());
    }
}

}  // namespace

void bind_errors() {
    nb::register_exception_translator(translate);
}

}  // namespace jiju::binding
