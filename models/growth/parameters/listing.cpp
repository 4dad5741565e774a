#include "models/growth/parameters/listing.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

ListingParameters::ListingParameters() {
    describe(sim::Members::defaults());
}

void ListingParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"rate", "1/year", 0, 1, "Rate at which a firm that qualifies is listed"}.chinese("上市率").needed(
               china_has_it),
           rate);
    member(Spec{"min_sales", "money/year", 0, 1e5, "Sales from which a profitable firm qualifies"}.needed(china_has_it),
           min_sales);
    member(Spec{"proceeds_ratio", "year", 0, 10, "Equity raised over sales"}.from("judged"), proceeds_ratio, 0.8);
    member(Spec{"proceeds_cap", "money", 0, 1e5, "Most equity raised"}.needed(china_has_it), proceeds_cap);
    member(Spec{"research_share", "1", 0, 1, "Share of the equity that a listed firm with R&D spends on R&D"}
               .chinese("上市融资用于研发的比重")
               .from("Brown, Fazzari, Petersen 2009: 0.15 of stock issues of young firms, recalled")
               .uncertain(lognormal, 0.06, 0.35),
           research_share, 0.15);
    member(Spec{"proceeds_kept", "1", 0, 1, "Share of it that firms listed at the start hold"}.from("model B.7"),
           proceeds_kept, 0.5);
}

}  // namespace growth
