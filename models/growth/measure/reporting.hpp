// What statistics say against what happened: a list that widens, and figures that are rounded up.
#pragma once

#include "sim/math/elementary.hpp"

namespace growth {

// (E43) reported output: Y_r = Y (1 + (c - 1) t / T) e^W        [model A 8.6, B.12]
//       t of T years, c: widening, W: wedge that growth beyond the true has opened so far
inline double reported_output(double output, double widening, double years_passed, double years, double wedge) {
    return output * (1 + (widening - 1) * sim::clamp(years_passed / years, 0.0, 1.0)) * sim::exp(wedge);
}

struct Config;
struct State;
// What is reported grows beyond what happened, by habit and under assessment.
void inflate_reports(const Config&, State&);

}  // namespace growth
