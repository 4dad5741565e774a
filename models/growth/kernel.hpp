// The model's numeric code as a table of functions: compiled once for each instruction set, chosen when it runs.
//
// All sets give the same bits (docs/adr/0002), so the choice is one of speed alone.
#pragma once

#include <string_view>
#include <vector>

#include "sim/parallel/stop.hpp"
#include "sim/random/draws.hpp"

namespace growth {

struct Config;
struct State;
struct Record;

struct Kernel {
    std::string_view instruction_set;
    State (*initial)(const Config&, sim::Draws, sim::Stop);
    void (*step)(const Config&, sim::Draws, int step, State&);
    void (*check)(const Config&, const State&);
    void (*measure)(const Config&, int step, const State&, Record&);
    void (*conclude)(const Config&, const State&, Record&);
};

// The widest that this processor has. The environment variable JIJU_INSTRUCTION_SET (generic, avx2 or avx512) asks for
// one; std::runtime_error where the processor or the build has it not.
const Kernel& kernel();

// The sets that this build holds and this processor can run, the fastest last.
std::vector<std::string_view> instruction_sets();

}  // namespace growth
