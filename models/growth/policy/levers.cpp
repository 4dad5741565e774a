#include "models/growth/policy/levers.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

Eligibility::Eligibility() {
    describe(sim::Members::defaults());
}

void Eligibility::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("industries", "Industries that may receive; all where empty").key_of("industries"), industries);
    member(text_spec("clusters", "Clusters that may receive; everywhere where empty").key_of("clusters"), clusters);
    member(text_spec("places", "Places that may receive; all where empty").key_of("places"), places);
    member(text_spec("tiers", "Tiers of firms that may receive; all where empty"), tiers);
    member(Spec{"min_sales", "money/year", 0, 1e8,
                "Least sales of a firm that may be selected; responses, which select nobody, go by tier"},
           min_sales, 0);
    member(Spec{"max_sales", "money/year", 0, 1e8, "Most sales of a firm that may be selected"}, max_sales, 1e6);
}

void SelectionWeights::describe(const sim::Members& member) {
    using sim::Spec;
    member(Spec{"merit", "1", -5, 5, "Weight of efficiency, in place of the common one"}, merit);
    member(Spec{"size", "1", -5, 5, "Weight of the logarithm of sales, in place of the common one"}, size);
    member(Spec{"connection", "1", -5, 5, "Weight of connection, in place of the common one"}, connection);
}

Purse::Purse() {
    describe(sim::Members::defaults());
}

void Purse::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("name", "English name").needed(), name);
    member(text_spec("name_zh", "Chinese name; the English one where absent"), name_zh);
    member(text_spec("source", "Where the figure comes from"), source);
    member(Spec{"money", "money/year", 0, 1e7, "Public money a year for the levers that draw on it"}, money);
    member(Spec{"realised", "1", 0, 10, "Share of the money that is really there"}.chinese("资金到位率"), realised, 1);
}

Lever::Lever() {
    describe(sim::Members::defaults());
}

void Lever::describe(const sim::Members& member) {
    using sim::Spec, sim::text_spec;
    member(text_spec("id", "The plan's number of the measure; the key where absent"), id);
    member(text_spec("name", "English name").needed(), name);
    member(text_spec("name_zh", "Chinese name; the English one where absent"), name_zh);
    member(text_spec("section", "Section of the plan"), section);
    member(text_spec("works_on", "What it works on"), works_on);
    member(text_spec("source", "Where the evidence comes from"), source);
    member(text_spec("like", "The lever whose components it has too, with doses of its own").key_of("levers"), like);
    member(text_spec("on", "false takes the lever away, whatever its dose"), on, true);
    member(text_spec("components", "false takes all its components away; its money is spent all the same"), components,
           true);
    member(Spec{"budget", "money/year", 0, 1e6, "Public money a year"}, doses[0]);
    member(Spec{"loans", "money", 0, 1e7, "Loans outstanding"}, doses[1]);
    member(Spec{"land", "area/year", 0, 1e6, "Land a year"}, doses[2]);
    member(Spec{"persons", "1/year", 0, 1e6, "Persons, or firms, a year"}, doses[3]);
    member(Spec{"effort", "1", 0, 1, "Share of the full measure, where it has neither money nor numbers"}, doses[4]);
    member(Spec{"realised", "1", 0, 10, "Share of the dose that is really there"}.chinese("力度到位率"), realised, 1);
    member(Spec{"staff", "person", 0, 1e5, "Persons of the administration at full effort"}
               .chinese("执行人员")
               .from("judged"),
           staff, 10);
    member(text_spec("purse",
                     "The purse its budget is drawn from; \"own\", or empty: money of its own, as much as it asks for"),
           purse);
    member(text_spec("eligible", "Who may receive"), eligible);
    member(text_spec("selection", "How those who receive are chosen"), selection);
}

}  // namespace growth
