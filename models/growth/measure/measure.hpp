// From a state to a record: what is seen after a step, what was there before the first, and the targets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/growth/measure/records.hpp"
#include "sim/record/layout.hpp"

namespace growth {

struct Config;
struct State;

// Dimensions of the record: time, industry, field, cluster (the plan's, then the rest of each place), place, tier,
// origin, lever, recipient, target.
std::vector<sim::Axis> axes_of(const Config&);
// The keys along one of them.
std::vector<std::string> keys_along(const Config&, std::string_view dim);
sim::Axis field_axis(const Config&);
// What goes along the axis of levers, by scenario where scenarios differ.
std::vector<sim::Companion> lever_companions(const std::vector<const Config*>& scenarios);
// What goes along the axis of targets: their units, thresholds and comparisons, by scenario where scenarios differ.
std::vector<sim::Companion> target_companions(const std::vector<const Config*>& scenarios);

// `step` counts from the start of the simulated period.
void measure(const Config&, int step, const State&, Record&);
void see_fields(const Config&, int step, const State&, Record&);
void measure_baseline(const Config&, const State&, Record&);
// At the end of a year what each target has reached; at the end of all, whether and when targets are met.
void measure_targets(const Config&, int step, const State&, Record&);
void judge_targets(const Config&, Record&);

// Throws sim::InvariantError where an output is no number, or none that its description allows.
void check_record(const Config&, const Record&);

}  // namespace growth
