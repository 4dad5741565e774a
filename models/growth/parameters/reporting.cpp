#include "models/growth/parameters/reporting.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

ReportingParameters::ReportingParameters() {
    describe(sim::Members::defaults());
}

void ReportingParameters::describe(const sim::Members& member) {
    member(sim::Spec{"inflation", "1/year", -0.05, 0.2, "Growth a year by which reported output outruns output"}
               .chinese("统计虚增率")
               .needed(china_has_it),
           inflation);
    member(sim::Spec{"measurement_spread", "1", 0, 1,
                     "Standard deviation of the log error of a firm's yearly value added in statistics"}
               .chinese("增加值统计误差")
               .from("model B.14; facts C6, C7"),
           measurement_spread, 0.27);
}

}  // namespace growth
