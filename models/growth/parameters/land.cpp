#include "models/growth/parameters/land.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

LandParameters::LandParameters() {
    describe(sim::Members::defaults());
}

void LandParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"normal_share", "1", 0, 1, "Share of new industrial land that goes to these industries without policy"}
               .chinese("常规用地占比")
               .from("model A 7.4, judged")
               .uncertain(logitnormal, 0.2, 0.4),
           normal_share, 0.3);
    member(Spec{"initial_slack", "1", 0, 1, "Mean share of land free at the start, and that firms keep free"}
               .chinese("初始土地闲置率")
               .from("judged")
               .uncertain(logitnormal, 0.1, 0.4),
           initial_slack, 0.2);
    member(Spec{"size_priority", "1", 0, 3, "Weight of project size in the land queue"}.from("judged"), size_priority,
           0.3);
    member(Spec{"noise", "1", 0, 5, "Weight of chance in the land queue"}.from("judged"), noise, 1.0);
    member(Spec{"reserve_years", "year", 0, 5, "Years of supply that unused quota may accumulate"}.from("judged"),
           reserve_years, 1.0);
    member(Spec{"entrant_years", "year", 0, 5, "Years of supply that are kept for those who enter"}.from("judged"),
           entrant_years, 0.1);
    member(Spec{"resale", "1/year", 0, 10, "Share of idle land a year that firms give back for its price"}
               .chinese("闲置土地盘活率")
               .from("judged"),
           resale, 0.6);
    member(Spec{"density_growth", "1/year", -0.1, 0.3, "Growth of the capital that a unit of land carries"}
               .chinese("土地投资强度增速")
               .needed(china_has_it),
           density_growth);
    member(Spec{"dense_years", "year", 0.1, 100, "Mean wait for land after which a firm builds on what it has"}
               .chinese("零增地技改等待年限")
               .from("judged"),
           dense_years, 2.0);
    member(Spec{"development_cost", "money/area", 0, 200, "Public cost of serving a unit of land that a lever brings"}
               .chinese("土地开发成本")
               .needed(china_has_it),
           development_cost);
}

}  // namespace growth
