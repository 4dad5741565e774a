// What every lever shares: the facts about it, who may receive, and what it cost.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/growth/standing.hpp"
#include "sim/describe/field.hpp"
#include "sim/describe/schedule.hpp"

namespace growth {

// What a reader may know about a lever; shown by `jiju describe levers`.
struct LeverFacts {
    std::string_view id;   // as in the plan's list of measures
    std::string_view key;  // as in scenarios: [levers.<key>]
    std::string_view name, name_zh;
    std::string_view section;  // of the plan
    std::string_view works_on;
    char grade;  // of the evidence: A experiment, B several observational, C one or indirect, D judgement
    std::string_view source;
};

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
        field(Field{"min_sales", "1e8 CNY/year", 0, 1e6, "Least sales of a firm that may receive"}, e.min_sales);
        field(Field{"max_sales", "1e8 CNY/year", 0, 1e6, "Most sales of a firm that may receive"}, e.max_sales);
    }
};

// What a lever used over a step.
struct LedgerRow {
    double money = 0;     // 1e8 CNY, paid out of public funds or forgone
    double joined = 0;    // 1e8 CNY, private money that came with it
    double received = 0;  // 1e8 CNY, what reached firms in cash
    double leaked = 0;    // 1e8 CNY, misused or lost on the way
    double land = 0;      // mu
    double persons = 0;
};

}  // namespace growth
