// The command line from its words to the exit code.
#pragma once

namespace jiju {

// What goes wrong is reported on standard error; every way to end has its exit code.
int run_program(int argc, const char* const* argv);

}  // namespace jiju
