#include "models/growth/parameters/fields.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

FieldParameters::FieldParameters() {
    describe(sim::Members::defaults());
}

void FieldParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"focus_weight", "1", 0, 20,
                "Attracted plants that come to a focus field, over those that would come to it if it were only to "
                "be cultivated"}
               .chinese("重点领域权重")
               .from("judged: projects are sought by the plan's catalogue of fields")
               .uncertain(lognormal, 1.0, 2.25),
           focus_weight, 1.5);
    member(Spec{"expand_weight", "1", 0, 20, "The same of a field to be expanded"}.from("judged: between both"),
           expand_weight, 1.2);
}

}  // namespace growth
