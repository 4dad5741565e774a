// The program: every way it can end has its exit code.
#include <exception>
#include <new>

#include <fmt/format.h>

#include "apps/command_line.hpp"
#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "sim/describe/errors.hpp"
#include "sim/output/hdf5.hpp"

int main(int argc, char** argv) try {
    jiju::occupy_standard_streams();
    sim::hdf5::ignore_file_size_signal();
    return jiju::parse(argc, argv)();
} catch (const jiju::UsageError& error) {
    jiju::tell(
        fmt::format("jiju: error: {}\n'jiju --help' and 'jiju COMMAND --help' show what there is.\n", error.what()));
    return jiju::exit_code::refused;
} catch (const sim::ScenarioError& error) {
    jiju::tell(fmt::format("{}\n", error.what()));
    return jiju::exit_code::refused;
} catch (const sim::FileError& error) {
    jiju::tell(fmt::format("jiju: error: {}\n", error.what()));
    return jiju::exit_code::file;
} catch (const std::bad_alloc&) {
    jiju::tell("jiju: error: out of memory\n");
    return jiju::exit_code::failed;
} catch (const std::exception& error) {
    jiju::tell(fmt::format("jiju: error: {}\n", error.what()));
    return jiju::exit_code::failed;
}
