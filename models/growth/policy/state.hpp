// What policy is at a moment: doses as they are really given, what they do in every cell, who received what.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/growth/policy/effects.hpp"
#include "models/growth/policy/levers.hpp"
#include "sim/describe/held.hpp"
#include "sim/population/column.hpp"
#include "sim/random/draws.hpp"

namespace growth {

// What a lever used over a step. Money and joined go to received, leaked and services, and nowhere else.
struct LedgerRow {
    double money = 0;     // paid out of public funds or forgone
    double joined = 0;    // private money that came with it
    double received = 0;  // what reached firms in cash
    double leaked = 0;    // misused or lost on the way
    double services = 0;  // what was bought or built for all, and what loans cost
    double land = 0;
    double persons = 0;
};

// Who received it: firms by tier, or nobody in particular.
inline constexpr std::size_t recipients = tiers + 1, public_at_large = tiers;
using Ledger = std::array<LedgerRow, recipients>;

// What became of a lever's budget over a step: waiting(before) + allotted + beyond = money + lapsed + waiting.
struct Account {
    double allotted = 0;  // out of the budget
    double beyond = 0;    // taxes forgone, losses, land and other costs that no budget bounds
    double lapsed = 0;    // found nobody
    double waiting = 0;   // for the next site or deal
    double was_waiting = 0;
    double asked = 0;    // of the budget, before its purse cut it
    double forgone = 0;  // of beyond: taxes that firms save, and costs that are refunded to them
    double loans = 0;    // of beyond: losses and interest of loans
};

// What a lever spent in a place over a step.
struct PlaceMoney {
    double money = 0, beyond = 0;  // of it, what no budget bounds
};

struct LeverState {
    std::vector<char> reached;                   // by cell
    double exposure = 0;                         // share of the city's base-year sales that it reaches
    std::array<double, scheduled_doses> dose{};  // as really given; rates a year, and stocks
    double asked = 0;                            // of the budget a year, before its purse cut it
    double services_share = 1;                   // of the budget, that no component spends
    double talents = 0;                          // a year, expected of it
    Ledger ledger;
    std::vector<PlaceMoney> in_place;  // of the money of the ledger, by place,
    double in_no_place = 0;            // and the rest of it
    Account account;

    [[nodiscard]] double given(Dose which) const { return dose[static_cast<std::size_t>(which)]; }
};

// A firm that was chosen in this step by a component that shares its draws with another.
struct Chosen {
    std::uint32_t draw_key;
    sim::Index firm;
};

// New land of a place by the lever that brings it.
struct LandClaim {
    double share = 0;   // of the place's new industrial land
    double supply = 0;  // of land a year beyond it
};

// What is remembered of the rows of every mechanism (mechanisms.hpp).
struct ComponentStates;

struct PolicyState {
    std::vector<LeverState> levers;
    sim::Held<ComponentStates> components;
    std::vector<LandClaim> land;      // by place and lever,
    std::vector<LandClaim> all_land;  // and of all levers
    std::vector<double> land_taken;   // by place and lever: land of the rest of industry's land since the start
    std::vector<double> purse_funds;  // a year, from province and state
    Effects effects;
    std::vector<double> weight;     // by cell: share of base-year sales
    std::vector<double> delivery;   // by cell: share of a dose that is delivered
    std::vector<double> attention;  // by industry: effort over the mean
    std::vector<double> values;     // by cell: room for one response
    std::vector<Chosen> chosen;     // in this step, where components share their draws
    std::vector<double> displaced;  // by industry: demand that treated firms took from rivals in the last step
    sim::Draws draws;               // of lots, which stand once and for all
    double interest_cut = 0;        // of guaranteed loans, a year
    double guarantee_value = 0;     // what the public loses on them, a year
    double received_by_firms = 0;   // in cash, of all levers, over the step
};

}  // namespace growth

extern template class sim::Held<growth::ComponentStates>;
