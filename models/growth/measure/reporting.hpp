// What statistics say against what happened: a list that widens, and figures that are rounded up.
#pragma once

#include "sim/describe/spec.hpp"
#include "sim/math/elementary.hpp"

namespace growth {

struct ReportingParameters {
    double inflation = 0.005;

    static constexpr void describe(auto& p, auto&& member) {
        using enum sim::Prior::Shape;
        member(sim::Spec{"inflation", "1/year", -0.05, 0.2, "Growth a year by which reported output outruns output"}
                   .chinese("统计虚增率")
                   .from("model A 4.4 and 8.6: 1-1.5 points under assessment; half without")
                   .uncertain(normal, 0.0, 0.01),
               p.inflation);
    }
};

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
