// Where a step lies in calendar time. Steps count from the start of the burn-in.
#pragma once

#include "sim/describe/schedule.hpp"

namespace growth {

struct Clock {
    int start_year = 2011, burn_in_years = 2, years = 5, steps_per_year = 4;

    [[nodiscard]] double dt() const { return 1.0 / steps_per_year; }
    [[nodiscard]] int first_step() const { return burn_in_years * steps_per_year; }  // of the simulated period
    [[nodiscard]] int end_step() const { return (burn_in_years + years) * steps_per_year; }
    [[nodiscard]] int year(int step) const { return start_year - burn_in_years + step / steps_per_year; }
    [[nodiscard]] int step_of_year(int step) const { return step % steps_per_year; }
    [[nodiscard]] bool opens_year(int step) const { return step_of_year(step) == 0; }
    [[nodiscard]] bool closes_year(int step) const { return step_of_year(step) == steps_per_year - 1; }
    [[nodiscard]] bool in_burn_in(int step) const { return step < first_step(); }
    // The step's own time: where schedules are read.
    [[nodiscard]] sim::Time time(int step) const { return year(step) + step_of_year(step) * dt(); }
};

}  // namespace growth
