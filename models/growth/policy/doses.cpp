#include "models/growth/policy/doses.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

namespace {

void read_schedules(const Config& c, double time, State& s) {
    for (std::size_t k = 0; k < c.levers.size(); ++k) {
        const Lever& lever = c.levers[k];
        auto& given = s.policy.levers[k].dose;
        for (std::size_t d = 0; d < scheduled_doses; ++d)
            given[d] = lever.on ? lever.realised * lever.doses[d].at(time) : 0.0;
        s.policy.levers[k].asked = given[static_cast<std::size_t>(Dose::budget)];
        auto& effort = given[static_cast<std::size_t>(Dose::effort)];
        effort = sim::min(effort, 1.0);
    }
}

// Levers that share a purse are cut alike.
void open_purses(const Config& c, double time, State& s) {
    constexpr auto budget = static_cast<std::size_t>(Dose::budget);
    for (std::size_t purse = 0; purse < c.purses.size(); ++purse) {
        double asked = 0;
        for (std::size_t k = 0; k < c.levers.size(); ++k)
            if (c.levers[k].purse_index == purse) asked += s.policy.levers[k].dose[budget];
        if (asked <= 0) continue;
        // province and state may take away what they gave, but not more than there is
        const double money =
            sim::max(c.purses[purse].realised * c.purses[purse].money.at(time) + s.policy.purse_funds[purse], 0.0);
        const double paid = purse_share(money, asked);
        for (std::size_t k = 0; k < c.levers.size(); ++k)
            if (c.levers[k].purse_index == purse) s.policy.levers[k].dose[budget] *= paid;
    }
}

}  // namespace

void give_doses(const Config& c, int step, State& s) {
    const double time = s.clock.time(step), h = s.clock.dt();
    read_schedules(c, time, s);
    open_purses(c, time, s);
    for (auto& lever : s.policy.levers) {
        const double allotted = lever.given(Dose::budget) * h, services = lever.services_share * allotted;
        lever.account = {.allotted = allotted,
                         .waiting = lever.account.waiting,
                         .was_waiting = lever.account.waiting,
                         .asked = lever.asked * h};
        lever.ledger = {};
        std::fill(lever.in_place.begin(), lever.in_place.end(), PlaceMoney{});
        lever.in_no_place = services;
        lever.ledger[public_at_large].money = services;
        lever.ledger[public_at_large].services = services;
    }
}

}  // namespace growth
