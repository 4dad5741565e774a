#include "apps/program.hpp"

#include <cerrno>
#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <malloc.h>

#include "apps/command_line.hpp"
#include "apps/commands.hpp"
#include "apps/console.hpp"
#include "apps/interruption.hpp"
#include "apps/language.hpp"
#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/hdf5.hpp"

namespace jiju {
namespace {

// A replicate takes what the one before it gave back. Returned to the system in between, its memory would be mapped and
// cleared again for every replicate, a tenth of the time of a small one.
void keep_memory_between_replicates() {
    constexpr int largest_kept = 32 << 20, most_kept = 256 << 20;
    ::mallopt(M_MMAP_THRESHOLD, largest_kept);
    ::mallopt(M_TRIM_THRESHOLD, most_kept);
}

}  // namespace

int run_program(int argc, const char* const* argv) try {
    keep_memory_between_replicates();
    occupy_standard_streams();
    sim::hdf5::ignore_file_size_signal();
    ignore_closed_pipes();
    const TidyEnd tidy;
    choose_language(std::vector<std::string>(argv + 1, argv + argc));
    return parse(argc, argv)();
} catch (const UsageError& error) {
    report(sim::translated("jiju: error: {}\n'jiju --help' and 'jiju COMMAND --help' show what there is.\n",
                           error.what()));
    return exit_code::refused;
} catch (const sim::ScenarioError& error) {
    report(fmt::format("{}\n", error.what()));
    return exit_code::refused;
} catch (const sim::FileError& error) {
    report(sim::translated("jiju: error: {}\n", error.what()));
    return exit_code::file;
} catch (const NobodyReads&) {
    return exit_code::signal + SIGPIPE;
} catch (const std::system_error& error) {
    report(
        sim::translated("jiju: error: {}\n",
                        error.code().value() == EAGAIN
                            ? sim::translated("no further thread can be started; see 'ulimit -u', or the limit of the "
                                              "container on processes")
                            : error.what()));
    return exit_code::failed;
} catch (const std::bad_alloc&) {
    report(sim::translated("jiju: error: out of memory\n"));
    return exit_code::failed;
} catch (const std::exception& error) {
    report(sim::translated("jiju: error: {}\n", error.what()));
    return exit_code::failed;
}

}  // namespace jiju
