#include "models/growth/parameters/reporting.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

ReportingParameters::ReportingParameters() {
    describe(sim::Members::defaults());
}

void ReportingParameters::describe(const sim::Members& member) {
    using enum sim::Prior::Shape;
    member(sim::Spec{"inflation", "1/year", -0.05, 0.2, "Growth a year by which reported output outruns output"}
               .chinese("统计虚增率")
               .from("model A 4.4, A 8.6")
               .uncertain(normal, 0.0, 0.01),
           inflation, 0.005);
    member(sim::Spec{"measurement_spread", "1", 0, 1,
                     "Standard deviation of the log error of a firm's yearly value added in statistics"}
               .chinese("增加值统计误差")
               .from("model B.14; facts C6, C7"),
           measurement_spread, 0.27);
}

}  // namespace growth
