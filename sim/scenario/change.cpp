// What changes are, and their arithmetic.
#include "sim/scenario/change.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/describe/translated.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/schedule_text.hpp"

namespace sim {
namespace {

constexpr std::string_view words[] = {"times", "plus"};

// A row may be called "plus", but then it is a table.
bool is_change(const Node& node) {
    return node.is_table() && std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
               const auto* value = node.find(word);
               return value != nullptr && !value->is_table();
           });
}

std::optional<Change> read_change(const Node& node, std::string_view path, std::optional<Time> earliest,
                                  Problems& problems) {
    const auto before = problems.size();
    const auto *times = node.find("times"), *plus = node.find("plus");
    if (times != nullptr && plus != nullptr) {
        problems.add(plus->key_source, translated("{}: a change either scales or adds; for both give a list, such as "
                                                  "[{{ times = 2 }}, {{ plus = 3 }}]",
                                                  path));
        return std::nullopt;
    }
    check_keys(node, path, std::vector<std::string_view>{times != nullptr ? "times" : "plus", "from", "until"},
               problems);
    Change change{.scales = times != nullptr, .by = 0};
    change.source = node.source;
    if (const auto number = read_number(times != nullptr ? *times : *plus, path, problems)) change.by = *number;
    if (const auto* from = node.find("from")) change.from = read_time(*from, path, earliest, problems);
    if (const auto* until = node.find("until")) {
        change.until = read_time(*until, path, earliest, problems);
        if (change.until <= change.from)
            problems.add(until->source, translated("{}: until = {} is not after from = {}", path,
                                                   time_text(change.until), time_text(change.from)));
    }
    return problems.size() > before ? std::nullopt : std::optional(change);
}

// Of a schedule whose values are joined by lines: its value just before a time.
double just_before(const std::vector<Schedule::Knot>& knots, Time time) {
    const auto next = std::lower_bound(knots.begin(), knots.end(), time,
                                       [](const Schedule::Knot& knot, Time t) { return knot.time < t; });
    if (next == knots.begin()) return 0;
    const auto& last = *(next - 1);
    if (next == knots.end()) return last.value;
    return last.value + (next->value - last.value) * (time - last.time) / (next->time - last.time);
}

Schedule changed_lines(const Schedule& schedule, const Change& change, const std::vector<Time>& times) {
    std::vector<Schedule::Knot> knots;
    for (const Time time : times) {
        double before = just_before(schedule.knots(), time), after = schedule.at(time);
        if (change.from < time && time <= change.until) before = change.of(before);
        if (change.from <= time && time < change.until) after = change.of(after);
        if (time <= 0 && after == 0) continue;
        if (!knots.empty()) knots.push_back({time, before});
        if (knots.empty() || after != before) knots.push_back({time, after});
    }
    return {Schedule::Form::ramp, std::move(knots)};
}

Schedule changed_steps(const Schedule& schedule, const Change& change, const std::vector<Time>& times) {
    std::vector<Schedule::Knot> knots;
    for (const Time time : times) {
        double value = schedule.at(time);
        if (change.from <= time && time < change.until) value = change.of(value);
        if (value != (knots.empty() ? 0 : knots.back().value)) knots.push_back({time, value});
    }
    if (knots.empty()) return {};
    if (knots.size() > 1) return {Schedule::Form::table, std::move(knots)};
    if (knots.front().time <= 0) return {knots.front().value};
    return {Schedule::Form::step, std::move(knots)};
}

}  // namespace

bool is_only_changes(const Node& node) {
    if (!node.is(Node::Kind::array)) return is_change(node);
    return !node.children().empty() && std::all_of(node.children().begin(), node.children().end(), is_change);
}

bool has_changes(const Node& node) {
    if (!node.is(Node::Kind::array)) return is_change(node);
    return !node.children().empty() && is_change(node.children().back());
}

const Node* value_below(const Node& node) {
    if (!node.is(Node::Kind::array) || is_only_changes(node)) return nullptr;
    return &node.children().front();
}

Node on_top_of(const Node& value, const Node& changes) {
    Node list(Node::Kind::array, changes.source);
    list.key = changes.key;
    list.key_source = changes.key_source;
    const auto add = [&](Node node) {
        node.key.clear();
        list.append(std::move(node));
    };
    const auto add_all = [&](const Node& node) {
        if (node.is(Node::Kind::array) && has_changes(node))
            for (const auto& each : node.children()) add(each);
        else
            add(node);
    };
    add_all(value);
    add_all(changes);
    return list;
}

std::vector<Change> read_changes(const Node& node, std::string_view path, std::optional<Time> earliest,
                                 Problems& problems) {
    std::vector<Change> changes;
    const auto add = [&](const Node& each) {
        if (const auto change = read_change(each, path, earliest, problems)) changes.push_back(*change);
    };
    if (is_change(node)) {
        add(node);
        return changes;
    }
    for (const auto& each : node.children()) {
        if (&each == value_below(node)) continue;
        if (is_change(each))
            add(each);
        else
            wrong_type(each, path, translated("a change, { times } or { plus }, after the value"), problems);
    }
    return changes;
}

Schedule changed(const Schedule& schedule, const Change& change) {
    if (change.scales && change.acts_always()) {
        auto knots = schedule.knots();
        for (auto& knot : knots) knot.value *= change.by;
        return {schedule.form(), std::move(knots)};
    }
    std::vector<Time> times{0, change.from};
    for (const auto& knot : schedule.knots()) times.push_back(knot.time);
    if (change.until < std::numeric_limits<Time>::infinity()) times.push_back(change.until);
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    return schedule.form() == Schedule::Form::ramp ? changed_lines(schedule, change, times)
                                                   : changed_steps(schedule, change, times);
}

void change(const Change& change, double& median, UncertainValue& uncertain) {
    median = change.of(median);
    auto& [shape, low, high] = uncertain.prior;
    low = change.of(low);
    high = change.of(high);
    for (auto& quantile : uncertain.quantiles) quantile.value = change.of(quantile.value);
    if (!change.scales || change.by > 0) return;
    std::swap(low, high);
    std::reverse(uncertain.quantiles.begin(), uncertain.quantiles.end());
    for (auto& quantile : uncertain.quantiles) quantile.share = 1 - quantile.share;
    if (change.by == 0) uncertain = {uncertain.path, {}, {}, {}};
}

}  // namespace sim
