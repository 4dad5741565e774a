// The instruments of policy as rows of data: what is done, how much of it, for whom, and on what evidence.
//
// A lever has a dose. What follows of the dose is said by its components, rows over a few mechanisms (mechanisms.hpp).
// So an instrument is added to a scenario and not to the code.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/growth/tier.hpp"
#include "sim/describe/schedule.hpp"
#include "sim/describe/spec.hpp"

namespace growth {

// Who may receive. Empty lists mean everyone.
struct Eligibility {
    std::vector<std::string> industries, clusters, places;
    std::vector<Tier> tiers;
    double min_sales, max_sales;

    Eligibility();
    void describe(const sim::Members& member);
};

// How those who receive are chosen, where a lever has its own way: all zero is a lottery.
struct SelectionWeights {
    std::optional<double> merit, size, connection;

    void describe(const sim::Members& member);
};

// Money that several levers share in a year. Those that ask for more than there is are cut in proportion.
struct Purse {
    std::string key;
    std::string name, name_zh, source;
    sim::Schedule money;
    double realised;

    Purse();
    void describe(const sim::Members& member);
};

// In place of a purse's key: the lever has a purse to itself, as large as what it asks for.
inline constexpr std::string_view own_purse = "own";

// What a lever's strength is measured by.
enum class Dose : std::uint8_t { budget, loans, land, persons, effort, sites };
inline constexpr std::size_t scheduled_doses = 5;  // sites are counted, not scheduled

// The evidence: A experiment, B several observational studies, C one study or an indirect one, D judgement.
enum class Grade : std::uint8_t { A, B, C, D };

struct Lever {
    std::string key;
    std::string id, name, name_zh, section, works_on, source, purse;
    std::string like;  // the lever it was made like (like.hpp); empty where it was made by itself
    bool on, components;
    std::array<sim::Schedule, scheduled_doses> doses;
    double realised, staff;
    Eligibility eligible;
    SelectionWeights selection;
    std::size_t purse_index = 0;  // found when the scenario is read; past the last where it draws on none

    Lever();
    void describe(const sim::Members& member);
};

inline bool draws_on_purse(const Lever& lever) {
    return !lever.purse.empty() && lever.purse != own_purse;
}

// Whether a lever ever does anything.
inline bool is_dosed(const Lever& lever) {
    return lever.on && !std::all_of(lever.doses.begin(), lever.doses.end(), std::mem_fn(&sim::Schedule::is_zero));
}

}  // namespace growth

namespace sim {
template <>
struct Words<growth::Dose> {
    static constexpr std::array<std::string_view, 6> words = {"budget", "loans", "land", "persons", "effort", "sites"};
};
template <>
struct Words<growth::Grade> {
    static constexpr std::array<std::string_view, 4> words = {"A", "B", "C", "D"};
};
}  // namespace sim
