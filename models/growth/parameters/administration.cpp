#include "models/growth/parameters/administration.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

AdministrationParameters::AdministrationParameters() {
    describe(sim::Members::defaults());
}

void AdministrationParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"money_share", "1", 0, 1, "Cost of administration, over the public money that a lever handles"}
               .chinese("资金管理费率")
               .from("model B.25, judged")
               .uncertain(lognormal, 0.03, 0.10),
           money_share, 0.05);
    member(Spec{"staffing", "1", 0, 10, "Persons who carry a lever out over the staff that the lever names"}
               .chinese("政策执行人员系数")
               .from("judged")
               .uncertain(lognormal, 0.4, 2.5),
           staffing, 1);
    member(Spec{"pay", "1", 0, 20, "Pay and office of a person of the administration, over the mean wage of industry"}
               .chinese("行政人员人均成本系数")
               .from("judged")
               .uncertain(lognormal, 1.5, 2.7),
           pay, 2);
}

}  // namespace growth
