// Times and schedules as a scenario writes them: "2012Q1", 2012.25, { ramp = [0.0, 3.0], from = …, to = … } and so on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "sim/describe/schedule.hpp"
#include "sim/describe/spec.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/node.hpp"

namespace sim {

[[nodiscard]] std::optional<Time> parse_time(std::string_view text);  // "2012" or "2012Q1"
[[nodiscard]] std::string time_text(Time time);                       // "2012Q1", or the number between quarters

// A time at a place of the document, for what must be known before a whole scenario is read; nothing if absent or bad.
[[nodiscard]] std::optional<Time> time_at(const Document& document, std::string_view dotted_path);

// The time at a node, or NaN after a problem; not before `earliest`. "start" is the beginning of all time.
[[nodiscard]] Time read_time(const Node& node, std::string_view path, std::optional<Time> earliest, Problems& problems);

// One of the forms; values within the bounds of the member, times ascending and not before `earliest`.
[[nodiscard]] std::optional<Schedule> read_schedule(const Node& node, std::string_view path, const Spec& spec,
                                                    std::optional<Time> earliest, Problems& problems);

// The form that reads back as the same schedule.
[[nodiscard]] nlohmann::ordered_json json_of(const Schedule& schedule);

}  // namespace sim
