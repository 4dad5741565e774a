#include "models/growth/parameters/accounts.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

AccountParameters::AccountParameters() {
    describe(sim::Members::defaults());
}

void AccountParameters::describe(const sim::Members& member) {
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"tax_rate", "1", 0, 1, "Corporate income tax"}.needed(china_has_it), tax_rate);
    member(Spec{"high_tech_tax_rate", "1", 0, 1, "Corporate income tax of recognised high-tech firms"}.needed(
               china_has_it),
           high_tech_tax_rate);
    member(Spec{"lending_spread", "1/year", 0, 0.3, "What private firms pay above the lending rate"}
               .chinese("贷款利差")
               .needed(china_has_it),
           lending_spread);
    member(Spec{"credit_limit_small", "year", 0, 3, "Highest debt over sales of a small firm"}
               .chinese("小企业贷款上限")
               .needed(china_has_it),
           credit_limit_small);
    member(Spec{"credit_limit_large", "year", 0, 3, "Highest debt over sales of a large firm"}
               .chinese("大企业贷款上限")
               .needed(china_has_it),
           credit_limit_large);
    member(Spec{"credit_size_middle", "money/year", 0.01, 1e5, "Sales at which the limit lies half-way"}.needed(
               china_has_it),
           credit_size_middle);
    member(Spec{"large_workers", "persons", 1, 1e6, "Workers from which a firm also borrows beyond the city"}.from(
               "Chodorow-Reich 2014: 1,000"),
           large_workers, 1000);
    member(Spec{"large_dependence", "1", 0, 1,
                "Share of what the city's banks cut that such a firm cannot borrow elsewhere"}
               .chinese("大企业对本地银行的依赖度")
               .from("Chodorow-Reich 2014: none told at the largest firms; size judged")
               .uncertain(logitnormal, 0.01, 0.2),
           large_dependence, 0.05);
    member(Spec{"buffer", "year", 0, 1, "Cash over sales that firms keep"}.from("judged"), buffer, 0.05);
    member(Spec{"repayment_rate", "1/year", 0, 10, "Speed at which debt above the target is repaid"}.from("judged"),
           repayment_rate, 0.5);
    member(Spec{"payout_rate", "1/year", 0, 10, "Share of spare cash a year that owners take out"}.from("judged"),
           payout_rate, 0.6);
    member(Spec{"lending_growth", "1/year", -0.2, 1, "Growth of what banks can lend to these industries at most"}
               .chinese("贷款增速上限")
               .needed(china_has_it),
           lending_growth);
    member(Spec{"loss_multiple", "1", 0, 20, "Lending withdrawn, over what banks lose beyond the usual"}.from(
               "model B.20"),
           loss_multiple, 3.0);
    member(Spec{"loss_memory", "year", 0.1, 20, "Time in which banks make up for a loss"}.from("judged"), loss_memory,
           2.0);
}

}  // namespace growth
