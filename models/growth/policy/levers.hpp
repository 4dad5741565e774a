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

#include "models/growth/standing.hpp"
#include "sim/describe/schedule.hpp"
#include "sim/describe/spec.hpp"

namespace growth {

// Who may receive. Empty lists mean everyone.
struct Eligibility {
    std::vector<std::string> industries, clusters, places;
    std::vector<Tier> tiers;
    double min_sales = 0, max_sales = 1e6;

    static constexpr void describe(auto& e, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("industries", "Industries that may receive; all where empty").key_of("industries"),
               e.industries);
        member(text_spec("clusters", "Clusters that may receive; everywhere where empty").key_of("clusters"),
               e.clusters);
        member(text_spec("places", "Places that may receive; all where empty").key_of("places"), e.places);
        member(text_spec("tiers", "Tiers of firms that may receive; all where empty"), e.tiers);
        member(Spec{"min_sales", "1e8 CNY/year", 0, 1e6,
                    "Least sales of a firm that may be selected; responses, which select nobody, go by tier"},
               e.min_sales);
        member(Spec{"max_sales", "1e8 CNY/year", 0, 1e6, "Most sales of a firm that may be selected"}, e.max_sales);
    }
};

// How those who receive are chosen, where a lever has its own way: all zero is a lottery.
struct SelectionWeights {
    std::optional<double> merit, size, connection;

    static constexpr void describe(auto& w, auto&& member) {
        using sim::Spec;
        member(Spec{"merit", "1", -5, 5, "Weight of efficiency, in place of the common one"}, w.merit);
        member(Spec{"size", "1", -5, 5, "Weight of the logarithm of sales, in place of the common one"}, w.size);
        member(Spec{"connection", "1", -5, 5, "Weight of connection, in place of the common one"}, w.connection);
    }
};

// Money that several levers share in a year. Those that ask for more than there is are cut in proportion.
struct Purse {
    std::string key;
    std::string name, name_zh, source;
    sim::Schedule money;
    double realised = 1;

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("name", "English name").needed(), row.name);
        member(text_spec("name_zh", "Chinese name").needed(), row.name_zh);
        member(text_spec("source", "Where the figure comes from"), row.source);
        member(Spec{"money", "1e8 CNY/year", 0, 1e5, "Public money a year for the levers that draw on it"}, row.money);
        member(Spec{"realised", "1", 0, 10, "Share of the money that is really there"}.chinese("资金到位率"),
               row.realised);
    }
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
    Grade grade = Grade::D;
    bool on = true;
    std::array<sim::Schedule, scheduled_doses> doses;
    double realised = 1;
    Eligibility eligible;
    SelectionWeights selection;
    std::size_t purse_index = 0;  // found when the scenario is read; past the last where it draws on none

    static constexpr void describe(auto& row, auto&& member) {
        using sim::Spec, sim::text_spec;
        member(text_spec("id", "The plan's number of the measure").needed(), row.id);
        member(text_spec("name", "English name").needed(), row.name);
        member(text_spec("name_zh", "Chinese name").needed(), row.name_zh);
        member(text_spec("section", "Section of the plan"), row.section);
        member(text_spec("works_on", "What it works on"), row.works_on);
        member(text_spec("grade", "Evidence: A experiment, B several observational, C one or indirect, D judgement"),
               row.grade);
        member(text_spec("source", "Where the evidence comes from"), row.source);
        member(text_spec("on", "false takes the lever away, whatever its dose"), row.on);
        member(Spec{"budget", "1e8 CNY/year", 0, 1e4, "Public money a year"}, row.doses[0]);
        member(Spec{"loans", "1e8 CNY", 0, 1e5, "Loans outstanding"}, row.doses[1]);
        member(Spec{"land", "mu/year", 0, 1e6, "Land a year"}, row.doses[2]);
        member(Spec{"persons", "1/year", 0, 1e6, "Persons, or firms, a year"}, row.doses[3]);
        member(Spec{"effort", "1", 0, 1, "Share of the full measure, where it has neither money nor numbers"},
               row.doses[4]);
        member(Spec{"realised", "1", 0, 10, "Share of the dose that is really there"}.chinese("剂量到位率"),
               row.realised);
        member(text_spec(
                   "purse",
                   "The purse its budget is drawn from; \"own\", or empty: money of its own, as much as it asks for"),
               row.purse);
        member(text_spec("eligible", "Who may receive"), row.eligible);
        member(text_spec("selection", "How those who receive are chosen"), row.selection);
    }
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
