// A quantity as a function of calendar time: constant, step, ramp, table or by year.
//
// All five forms are one thing, a list of knots (time, value), either held until the next knot or joined by lines.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace sim {

// Calendar time in years: 2011.0 is the start of 2011, 2011.25 the start of its second quarter.
using Time = double;

class Schedule {
public:
    enum class Form : std::uint8_t { constant, step, ramp, table, by_year };
    struct Knot {
        Time time;
        double value;
        bool operator==(const Knot&) const = default;
    };

    Schedule() = default;
    Schedule(double constant) : knots_{{0.0, constant}} {}  // NOLINT: a number is a schedule
    Schedule(Form form, std::vector<Knot> knots) : form_(form), knots_(std::move(knots)) {}

    // Zero before the first knot of a step, ramp or table; held after the last.
    [[nodiscard]] double at(Time time) const {
        const auto next = std::upper_bound(knots_.begin(), knots_.end(), time + tolerance,
                                           [](Time t, const Knot& knot) { return t < knot.time; });
        if (next == knots_.begin()) return 0;
        const auto& before = *(next - 1);
        if (form_ != Form::ramp || next == knots_.end()) return before.value;
        return before.value + (next->value - before.value) * (time - before.time) / (next->time - before.time);
    }

    [[nodiscard]] bool is_zero() const {
        return std::all_of(knots_.begin(), knots_.end(), [](const Knot& knot) { return knot.value == 0; });
    }
    [[nodiscard]] Form form() const { return form_; }
    [[nodiscard]] const std::vector<Knot>& knots() const { return knots_; }
    bool operator==(const Schedule&) const = default;

private:
    static constexpr double tolerance = 1e-9;  // of a year: sums of 1/12 do not meet a quarter exactly
    Form form_ = Form::constant;
    std::vector<Knot> knots_ = {{0.0, 0.0}};
};

}  // namespace sim
