#include "models/growth/policy/component.hpp"

#include "sim/scenario/member.hpp"

namespace growth {

Component::Component() {
    describe_component(sim::Members::defaults());
}

void Component::describe_component(const sim::Members& member) {
    using sim::text_spec;
    member(text_spec("lever", "The lever it belongs to").key_of("levers").needed(), lever);
    member(text_spec("row", "Row of docs/evidence.md, part A"), row);
    member(text_spec("name", "English name"), name);
    member(text_spec("name_zh", "Chinese name"), name_zh);
    member(text_spec("grade", "Evidence: A experiment, B several observational, C one or indirect, D judgement"), grade,
           Grade::D);
    member(text_spec("source", "Where the evidence comes from"), source);
    member(text_spec("like", "The component it was made like: both have the same draws"), like);
    member(text_spec("on", "false takes the component away"), on, true);
    member(text_spec("tiers", "Tiers of firms that it reaches, of those the lever reaches; all where empty"), tiers);
}

FirmComponent::FirmComponent() {
    describe_firm_component(sim::Members::defaults());
}

void FirmComponent::describe_firm_component(const sim::Members& member) {
    describe_component(member);
    member(sim::Spec{"lot", "1", 0, 1, "Share of firms, drawn once by lot, that it may reach"}, lot, 1);
}

}  // namespace growth
