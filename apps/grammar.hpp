// What each command written in C++ may be given.
#pragma once

#include <CLI/CLI.hpp>

#include "apps/command_line.hpp"

namespace jiju {

void add_run(CLI::App& command, Action& action);
void add_sweep(CLI::App& command, Action& action);
void add_merge(CLI::App& command, Action& action);
void add_verify(CLI::App& command, Action& action);
void add_replay(CLI::App& command, Action& action);
void add_validate(CLI::App& command, Action& action);
void add_describe(CLI::App& command, Action& action);
void add_list(CLI::App& command, Action& action);
void add_show(CLI::App& command, Action& action);
void add_schema(CLI::App& command, Action& action);

}  // namespace jiju
