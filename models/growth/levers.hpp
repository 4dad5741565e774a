// The instruments of policy as rows of data: what is done, how much of it, for whom, and on what evidence.
//
// A lever has a dose. What follows of the dose is said by its components (components.hpp), rows over a few mechanisms.
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
#include "sim/describe/field.hpp"
#include "sim/describe/schedule.hpp"

namespace growth {

// Who may receive. Empty lists mean everyone.
struct Eligibility {
    std::vector<std::string> industries, clusters, places;
    std::vector<Tier> tiers;
    double min_sales = 0, max_sales = 1e6;

    static constexpr void describe(auto& e, auto&& field) {
        using sim::Field, sim::text_field;
        field(text_field("industries", "Industries that may receive; all where empty").key_of("industries"),
              e.industries);
        field(text_field("clusters", "Clusters that may receive; everywhere where empty").key_of("clusters"),
              e.clusters);
        field(text_field("places", "Places that may receive; all where empty").key_of("places"), e.places);
        field(text_field("tiers", "Tiers of firms that may receive; all where empty"), e.tiers);
        field(Field{"min_sales", "1e8 CNY/year", 0, 1e6,
                    "Least sales of a firm that may be selected; responses, which select nobody, go by tier"},
              e.min_sales);
        field(Field{"max_sales", "1e8 CNY/year", 0, 1e6, "Most sales of a firm that may be selected"}, e.max_sales);
    }
};

// How those who receive are chosen, where a lever has its own way: all zero is a lottery.
struct SelectionWeights {
    std::optional<double> merit, size, connection;

    static constexpr void describe(auto& w, auto&& field) {
        using sim::Field;
        field(Field{"merit", "1", -5, 5, "Weight of efficiency, in place of the common one"}, w.merit);
        field(Field{"size", "1", -5, 5, "Weight of the logarithm of sales, in place of the common one"}, w.size);
        field(Field{"connection", "1", -5, 5, "Weight of connection, in place of the common one"}, w.connection);
    }
};

// Money that several levers share in a year. Those that ask for more than there is are cut in proportion.
struct Purse {
    std::string key;
    std::string name, name_zh, source;
    sim::Schedule money;
    double realised = 1;

    static constexpr void describe(auto& row, auto&& field) {
        using sim::Field, sim::text_field;
        field(text_field("name", "English name").needed(), row.name);
        field(text_field("name_zh", "Chinese name").needed(), row.name_zh);
        field(text_field("source", "Where the figure comes from"), row.source);
        field(Field{"money", "1e8 CNY/year", 0, 1e5, "Public money a year for the levers that draw on it"}, row.money);
        field(Field{"realised", "1", 0, 10, "Share of the money that is really there"}.chinese("资金到位率"),
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

    static constexpr void describe(auto& row, auto&& field) {
        using sim::Field, sim::text_field;
        field(text_field("id", "The plan's number of the measure").needed(), row.id);
        field(text_field("name", "English name").needed(), row.name);
        field(text_field("name_zh", "Chinese name").needed(), row.name_zh);
        field(text_field("section", "Section of the plan"), row.section);
        field(text_field("works_on", "What it works on"), row.works_on);
        field(text_field("grade", "Evidence: A experiment, B several observational, C one or indirect, D judgement"),
              row.grade);
        field(text_field("source", "Where the evidence comes from"), row.source);
        field(text_field("on", "false takes the lever away, whatever its dose"), row.on);
        field(Field{"budget", "1e8 CNY/year", 0, 1e4, "Public money a year"}, row.doses[0]);
        field(Field{"loans", "1e8 CNY", 0, 1e5, "Loans outstanding"}, row.doses[1]);
        field(Field{"land", "mu/year", 0, 1e6, "Land a year"}, row.doses[2]);
        field(Field{"persons", "1/year", 0, 1e6, "Persons, or firms, a year"}, row.doses[3]);
        field(Field{"effort", "1", 0, 1, "Share of the full measure, where it has neither money nor numbers"},
              row.doses[4]);
        field(Field{"realised", "1", 0, 10, "Share of the dose that is really there"}.chinese("剂量到位率"),
              row.realised);
        field(text_field(
                  "purse",
                  "The purse its budget is drawn from; \"own\", or empty: money of its own, as much as it asks for"),
              row.purse);
        field(text_field("eligible", "Who may receive"), row.eligible);
        field(text_field("selection", "How those who receive are chosen"), row.selection);
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
