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
    std::string like;  // the component it was made like, whose draws it shares (like.hpp)
    Grade grade;
    bool on;
    std::vector<Tier> tiers;
    std::size_t lever_index = 0;  // found when the scenario is read
    std::uint32_t draw_key = 0;   // keys its draws: a hash of its key, so that no other component can shift them;
                                  // or of the key it is made like
    bool has_twins = false;       // whether another component has the same draws

    Component();
    void describe_component(const sim::Members& member);
};

// What a component says besides that firms are chosen for, or ask for, one by one.
struct FirmComponent : Component {
    double lot;

    FirmComponent();
    void describe_firm_component(const sim::Members& member);
};

// Of a mechanism that remembers nothing from step to step.
struct NoState {};

}  // namespace growth
