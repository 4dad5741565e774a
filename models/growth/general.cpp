#include "models/growth/general.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

Units::Units() {
    describe(sim::Members::defaults());
}

void Units::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("currency", "Currency, by its three letters in ISO 4217, such as CNY or EUR").needed(china_has_it),
           currency);
    member(Spec{"money", "currency", 1, 1e15,
                "Unit of all money, a power of ten: 1e8 for hundreds of millions; best near the yearly sales of a "
                "middle-sized firm"}
               .needed(china_has_it),
           money, 1);
    member(text_spec("area", "Unit of all land").needed(china_has_it), area, Area::hectare);
}

General::General() {
    describe(sim::Members::defaults());
}

void General::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name of the scenario").needed(), name, "Scenario");
    member(text_spec("name_zh", "Chinese name of the scenario; the English one where absent"), name_zh);
    member(text_spec("city", "English name of the city"), city, "City");
    member(text_spec("city_zh", "Chinese name of the city; the English one where absent"), city_zh);
    member(text_spec("country", "English name of the country whose statistics the figures are of"), country);
    member(text_spec("country_zh", "Chinese name of the country; the English one where absent"), country_zh);
    member(text_spec("macro", "The path of the macro economy").key_of("macro").needed(), macro, "ex_ante");
    member(Spec{"start_year", "year", 1990, 2050, "First year simulated"}.needed(), start_year);
    member(Spec{"years", "year", 1, 30, "Years simulated"}, years, 5);
    member(Spec{"burn_in_years", "year", 1, 10, "Years before the start, without levers, in which the city settles"},
           burn_in_years, 2);
    member(Spec{"steps_per_year", "1", 1, 52, "Steps a year; 4 are quarters"}, steps_per_year, 4);
    member(Spec{.name = "replicates", .lower = 1, .upper = 1e7, .text = "Replicates where the command line names none"},
           replicates, 500);
    member(Spec{"replicates_per_draw", "1", 1, 1e6,
                "Consecutive replicates that share one draw of the uncertain values and differ by chance alone; "
                "with several, results say how much of the spread comes from the parameters"},
           replicates_per_draw, 1);
    member(Spec{"seed", "1", 0, 9e15, "Seed of all draws where the command line names none"}, seed, 20110328);
    member(Spec{"base_all_industry_sales", "money/year", 1, 1e9,
                "Sales of all above-scale industry in the year before the start"}
               .chinese("全部规模以上工业销售收入")
               .needed(),
           base_all_industry_sales);
    member(Spec{"base_investment", "money/year", 0.1, 1e8, "Investment completed in the year before the start"}
               .chinese("上年完成投资")
               .needed(),
           base_investment);
    member(
        Spec{"all_industry_value_added_ratio", "1", 0.05, 0.6, "Value added over gross output in the rest of industry"}
            .needed(china_has_it),
        all_industry_value_added_ratio);
    member(text_spec("parameter_uncertainty",
                     "Every replicate draws the uncertain values from their priors; false keeps the medians"),
           parameter_uncertainty, true);
    member(text_spec("target_basis", "Targets are judged by what happened (actual) or by what is reported (reported)"),
           target_basis, Basis::actual);
}

Appraisal::Appraisal() {
    describe(sim::Members::defaults());
}

void Appraisal::describe(const sim::Members& member) {
    using sim::Spec;
    member(Spec{"discount_rate", "1/year", 0, 1, "Real discount rate"}.chinese("社会折现率").needed(china_has_it),
           discount_rate);
    member(Spec{"excess_burden", "1", 0, 2, "What raising public money costs beyond it, over the money"}
               .chinese("公共资金边际超额负担")
               .needed(china_has_it),
           excess_burden);
    member(Spec{"production_taxes", "1", 0, 1, "Taxes on production over value added"}
               .chinese("生产税净额占增加值比重")
               .needed(china_has_it),
           production_taxes);
    member(Spec{"years", "year", 1, 30, "Years counted, from the first; at most those simulated"}, years, 30);
}

Recording::Recording() {
    describe(sim::Members::defaults());
}

void Recording::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("detail",
                     "targets: what has no time; yearly: also the outputs of years; quarterly: of every step "
                     "instead; firms: also firms one by one, of some replicates"),
           detail, Detail::yearly);
    member(text_spec("outputs", "Outputs over time that are kept, by name; all where none is named"), outputs);
    member(Spec{.name = "industry_places",
                .unit = "",
                .text = "Where no outputs are named, those by industry and place are kept as well"},
           industry_places, false);
    member(Spec{.name = "place_levers",
                .unit = "",
                .text = "Where no outputs are named, the money of levers by place is kept as well"},
           place_levers, false);
    member(Spec{"panels", "1", 1, 1e6, "Replicates whose firms are kept one by one, the first so many"}, panels, 10);
}

}  // namespace growth
