// Reading and writing of times and schedules.
#include "sim/scenario/schedule_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/checks.hpp"

namespace sim {
namespace {

using Form = Schedule::Form;
constexpr double tolerance = 1e-9;  // of a year
constexpr double last_year = 9999;
constexpr auto no_time = std::numeric_limits<Time>::quiet_NaN();  // already reported; no comparison holds for it
constexpr std::string_view forms_text = to_translate(
    "a number, { step, from }, { ramp, from, to }, { line }, { table }, { by_year }, or a change: { times, from, until "
    "} or { plus, from, until }");
constexpr std::string_view always = "start";  // before all that is simulated

std::optional<Time> time_of(const Node& node) {
    std::optional<Time> time;
    if (node.is(Node::Kind::string)) time = node.string() == always ? 0 : parse_time(node.string());
    if (node.is_number()) time = node.number();
    if (time && !(*time >= 0 && *time <= last_year)) return std::nullopt;
    return time;
}

void check_begin(Time when, std::string_view path, std::optional<Time> earliest, const Source& source,
                 Problems& problems) {
    if (earliest && when > 0 && when < *earliest - tolerance)
        problems.add(source, translated("{}: {} is before the scenario starts ({})", path, time_text(when),
                                        time_text(*earliest)));
}

class ScheduleReader {
public:
    ScheduleReader(std::string_view path, const Spec& spec, std::optional<Time> earliest, Problems& problems)
        : path_(path), spec_(spec), earliest_(earliest), problems_(problems) {}

    std::optional<Schedule> read(const Node& node) {
        const auto before = problems_.size();
        auto schedule = node.is_table() ? read_form(node) : constant(node);
        if (problems_.size() > before) return std::nullopt;
        return schedule;
    }

private:
    Schedule constant(const Node& node) {
        if (node.is_number()) return {value(node)};
        wrong_type(node, path_, translated("a schedule ({})", translated(forms_text)), problems_);
        return {};
    }

    Schedule read_form(const Node& node) {
        if (node.find("step") != nullptr) {
            keys(node, {"step", "from"});
            return {Form::step, {{time(node, "from"), value(*node.find("step"))}}};
        }
        if (node.find("ramp") != nullptr) {
            keys(node, {"ramp", "from", "to"});
            return ramp(node);
        }
        if (const auto* rows = node.find("table")) {
            keys(node, {"table"});
            return table(*rows, Form::table);
        }
        if (const auto* rows = node.find("line")) {
            keys(node, {"line"});
            return table(*rows, Form::ramp);
        }
        if (const auto* years = node.find("by_year")) {
            keys(node, {"by_year"});
            return by_year(*years);
        }
        problems_.add(node.source, translated("{}: a schedule is {}", path_, translated(forms_text)));
        return {};
    }

    void keys(const Node& node, const std::vector<std::string_view>& names) {
        check_keys(node, path_, names, problems_);
    }

    Schedule ramp(const Node& node) {
        const auto& ends = *node.find("ramp");
        const Schedule::Knot from{time(node, "from"), 0}, to{time(node, "to"), 0};
        if (!ends.is(Node::Kind::array) || ends.children().size() != 2) {
            wrong_type(ends, path_, translated("ramp = [first value, last value]"), problems_);
            return {};
        }
        if (const auto* end = node.find("to")) ascending(from.time, to.time, end->source);
        return {Form::ramp, {{from.time, value(ends.children()[0])}, {to.time, value(ends.children()[1])}}};
    }

    // Values that are held, or joined by lines; two at the same time of a line are a jump.
    Schedule table(const Node& rows, Form form) {
        std::vector<Schedule::Knot> knots;
        const bool is_line = form == Form::ramp;
        if (!rows.is(Node::Kind::array) || rows.children().size() < (is_line ? 2U : 1U)) {
            wrong_type(rows, path_,
                       is_line ? translated("line = [[time, value], [time, value], …]")
                               : translated("table = [[time, value], …]"),
                       problems_);
            return {};
        }
        for (const auto& row : rows.children()) {
            if (!row.is(Node::Kind::array) || row.children().size() != 2) {
                wrong_type(row, path_, translated("a pair [time, value]"), problems_);
                continue;
            }
            const auto& when = row.children()[0];
            knots.push_back({time(when), value(row.children()[1])});
            const auto before = [&](std::size_t back) { return knots[knots.size() - 1 - back].time; };
            const bool jumps =
                is_line && knots.size() > 1 && before(1) == before(0) && (knots.size() == 2 || before(2) != before(0));
            if (knots.size() > 1 && !jumps) ascending(before(1), before(0), when.source);
        }
        return {form, std::move(knots)};
    }

    Schedule by_year(const Node& years) {
        std::vector<Schedule::Knot> knots;
        if (!years.is_table() || years.children().empty()) {
            wrong_type(years, path_, translated("by_year = { 2011 = value, … }"), problems_);
            return {};
        }
        for (const auto& child : years.children()) {
            const auto year = child.key.size() == 4 ? parse_time(child.key) : std::nullopt;
            if (!year) {
                problems_.add(child.key_source, translated("{}: \"{}\" is not a year such as 2012", path_, child.key));
                continue;
            }
            not_too_early(*year, child.key_source);
            knots.push_back({*year, value(child)});
            if (knots.size() > 1) ascending(knots[knots.size() - 2].time, *year, child.key_source);
        }
        return {Form::by_year, std::move(knots)};
    }

    double value(const Node& node) {
        const auto number = read_number(node, path_, problems_);
        if (number) check_bounds(*number, spec_, node.source, fmt::format("{} = {}", path_, *number), problems_);
        return number.value_or(0);
    }

    Time time(const Node& table, std::string_view key) {
        if (const auto* node = table.find(key)) return time(*node);
        problems_.add(table.source, translated("{}: \"{}\" is missing, a time such as \"2012Q1\"", path_, key));
        return no_time;
    }

    Time time(const Node& node) { return read_time(node, path_, earliest_, problems_); }

    void not_too_early(Time when, const Source& source) { check_begin(when, path_, earliest_, source, problems_); }

    void ascending(Time before, Time after, const Source& source) {
        if (after <= before)
            problems_.add(source, translated("{}: times must ascend, but {} comes after {}", path_, time_text(after),
                                             time_text(before)));
    }

    std::string_view path_;
    const Spec& spec_;
    std::optional<Time> earliest_;
    Problems& problems_;
};

nlohmann::ordered_json time_json(Time time) {
    if (time == 0) return always;
    auto text = time_text(time);
    if (text.find('Q') != text.npos) return text;
    return time;
}

}  // namespace

std::optional<Time> parse_time(std::string_view text) {
    const bool with_quarter = text.size() == 6 && text[4] == 'Q' && text[5] >= '1' && text[5] <= '4';
    if (text.size() != 4 && !with_quarter) return std::nullopt;
    int year = 0;
    const char *const first = text.data(), *const last = first + 4;
    const auto [end, error] = std::from_chars(first, last, year);
    if (error != std::errc{} || end != last || year < 0) return std::nullopt;
    return year + (with_quarter ? (text[5] - '1') / 4.0 : 0.0);
}

std::string time_text(Time time) {
    const auto year = std::floor(time);
    const auto quarter = (time - year) * 4;
    if (quarter != std::floor(quarter) || year < 0 || year > last_year) return fmt::format("{}", time);
    return fmt::format("{:04.0f}Q{:.0f}", year, quarter + 1);
}

Time read_time(const Node& node, std::string_view path, std::optional<Time> earliest, Problems& problems) {
    const auto when = time_of(node);
    if (!when) {
        wrong_type(node, path, translated("a time such as \"2012Q1\", \"2012\" or 2012.25"), problems);
        return no_time;
    }
    check_begin(*when, path, earliest, node.source, problems);
    return *when;
}

std::optional<Time> time_at(const Document& document, std::string_view dotted_path) {
    const auto* node = document.find(dotted_path);
    return node == nullptr ? std::nullopt : time_of(*node);
}

std::optional<Schedule> read_schedule(const Node& node, std::string_view path, const Spec& spec,
                                      std::optional<Time> earliest, Problems& problems) {
    return ScheduleReader(path, spec, earliest, problems).read(node);
}

nlohmann::ordered_json json_of(const Schedule& schedule) {
    using Json = nlohmann::ordered_json;
    const auto& knots = schedule.knots();
    if (knots.empty()) return 0.0;
    auto json = Json::object();
    switch (schedule.form()) {
        case Form::constant:
            return knots.front().value;
        case Form::step:
            return {{"step", knots.front().value}, {"from", time_json(knots.front().time)}};
        case Form::ramp:
            if (knots.size() != 2 || knots[0].time == knots[1].time || knots[0].time == 0) {
                for (const auto& [time, value] : knots) json["line"].push_back(Json::array({time_json(time), value}));
                return json;
            }
            json["ramp"] = {knots.front().value, knots.back().value};
            json["from"] = time_json(knots.front().time);
            json["to"] = time_json(knots.back().time);
            return json;
        case Form::table:
            for (const auto& [time, value] : knots) json["table"].push_back(Json::array({time_json(time), value}));
            return json;
        case Form::by_year:
            for (const auto& [time, value] : knots) json["by_year"][fmt::format("{:04.0f}", time)] = value;
            return json;
    }
    return json;
}

}  // namespace sim
