// Compiled with the rest of the numeric code, once for each instruction set, which the build names.
#include "models/growth/books.hpp"
#include "models/growth/config.hpp"
#include "models/growth/initial.hpp"
#include "models/growth/kernel.hpp"
#include "models/growth/measure/measure.hpp"
#include "models/growth/state.hpp"
#include "models/growth/step.hpp"

namespace {

void measure(const growth::Config& own, int step, const growth::State& s, growth::Record& record) {
    growth::measure(own, step, s, record);
    if (s.clock.closes_year(step)) growth::measure_targets(own, step, s, record);
}

void conclude(const growth::Config& own, const growth::State& s, growth::Record& record) {
    growth::measure_baseline(own, s, record);
    growth::judge_targets(own, record);
    growth::check_record(own, record);
}

}  // namespace

#define JIJU_JOIN(a, b) a##b
#define JIJU_KERNEL_OF(set) JIJU_JOIN(jiju_kernel_, set)
#define JIJU_TEXT(word) #word
#define JIJU_NAME_OF(set) JIJU_TEXT(set)

extern "C" const growth::Kernel JIJU_KERNEL_OF(JIJU_INSTRUCTION_SET);
const growth::Kernel JIJU_KERNEL_OF(JIJU_INSTRUCTION_SET) = {
    JIJU_NAME_OF(JIJU_INSTRUCTION_SET), growth::initial, growth::step, growth::check_books, measure, conclude};
