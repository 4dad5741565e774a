// What every component of a lever says of itself: a finer measure of the plan, with its own evidence and its own
// switch, as a row over one of the mechanisms (mechanisms.hpp).
#pragma once

#include <string>
#include <vector>

#include "models/growth/policy/levers.hpp"

namespace growth {

// What every component says of itself.
struct Component {
    std::string key;
    std::string lever, row, name, name_zh, source;
    Grade grade = Grade::D;
    bool on = true;
    std::vector<Tier> tiers;
    std::size_t lever_index = 0;  // found when the scenario is read
    std::uint32_t draw_key = 0;   // keys its draws: a hash of its key, so that no other component can shift them

    static constexpr void describe_component(auto& c, auto&& member) {
        using sim::text_spec;
        member(text_spec("lever", "The lever it belongs to").key_of("levers").needed(), c.lever);
        member(text_spec("row", "Row of docs/evidence.md, part A"), c.row);
        member(text_spec("name", "English name"), c.name);
        member(text_spec("name_zh", "Chinese name"), c.name_zh);
        member(text_spec("grade", "Evidence: A experiment, B several observational, C one or indirect, D judgement"),
               c.grade);
        member(text_spec("source", "Where the evidence comes from"), c.source);
        member(text_spec("on", "false takes the component away"), c.on);
        member(text_spec("tiers", "Tiers of firms that it reaches, of those the lever reaches; all where empty"),
               c.tiers);
    }
};

// Of a mechanism that remembers nothing from step to step.
struct NoState {};

}  // namespace growth
