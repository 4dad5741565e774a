#include "models/growth/parameters/selection.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

SelectionParameters::SelectionParameters() {
    describe(sim::Members::defaults());
}

void SelectionParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"merit", "1", -3, 3, "Weight of efficiency in the choice of firms"}
               .chinese("择优权重")
               .from("Fang et al. 2023")
               .uncertain(normal, 0, 1),
           merit, 0.5);
    member(Spec{"size", "1", -3, 3, "Weight of the logarithm of sales"}
               .chinese("规模权重")
               .from("form F5")
               .uncertain(normal, 0.2, 1.0),
           size, 0.6);
    member(Spec{"connection", "1", -3, 3, "Weight of connection"}
               .chinese("关系权重")
               .from("Fang et al. 2023")
               .uncertain(normal, 0, 1),
           connection, 0.5);
}

}  // namespace growth
