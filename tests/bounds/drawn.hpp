// Scenarios drawn within the documented bounds: whatever is accepted must run, and end in numbers.
//
// A drawn scenario is a file and what is changed in it, as `--set` would. Every number, switch and word that the
// configuration describes may be changed, alone and together, to its least and greatest value, just inside them, or
// anywhere between; so nothing has to be listed here when a parameter is added.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/growth/config.hpp"
#include "sim/scenario/document.hpp"

namespace bounds {

using Changes = std::vector<sim::Override>;

struct Base {
    std::string file;
    growth::Config config;

    explicit Base(std::string path);
};

// Each value by itself at its least, at its greatest, and just inside both.
std::vector<sim::Override> one_at_a_time(const Base& base);

// Many values at once, by a seed: a few anywhere, a whole table, or all there are. Sums that must fit are made to fit,
// so that most of what is drawn is accepted.
Changes draw(const Base& base, std::uint64_t seed);

enum class Verdict : std::uint8_t { runs, refused, fails };
struct Answer {
    Verdict verdict = Verdict::runs;
    std::string reason = {};
    double seconds = 0;  // of processor time
};

// Reads the changed scenario and, where it is accepted, runs the first so many replicates and looks at every number.
Answer attempt(const Base& base, const Changes& changes, std::uint32_t replicates = 1);

// As a scenario file of its own.
std::string as_file(const Base& base, const Changes& changes);

}  // namespace bounds
