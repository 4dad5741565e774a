// The rows a city brings: industries, places, clusters, named firms, targets and the macro economy.
//
// Another city is another folder of such rows. Nothing in the code knows an industry or a place by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/describe/schedule.hpp"
#include "sim/describe/spec.hpp"

namespace growth {

// The position of a row where there is none.
inline constexpr std::size_t no_row = static_cast<std::size_t>(-1);

struct Industry {
    std::string key;
    std::string name, name_zh, role, source;
    double base_sales, above_scale_firms, fringe_firms;
    double size_spread, research_share, research_intensity;
    double value_added_ratio, capital_output_ratio, sales_per_worker;
    double demand_growth, burn_in_demand_growth, demand_volatility, macro_exposure;
    double price_growth, price_volatility;
    double frontier_growth, land_intensity;
    double traditional_relatedness, attraction_share;
    double final_scope;
    std::optional<double> exports_share;
    bool present;

    Industry();
    void describe(const sim::Members& member);
};

// The plan's order: 重点发展, 大力拓展, 积极培育.
enum class Priority : std::uint8_t { focus, expand, cultivate };

struct IndustryField {
    std::string key;
    std::string name, name_zh, industry, source;
    Priority priority;
    double share, demand_growth, price_growth, price_volatility;

    IndustryField();
    void describe(const sim::Members& member);
};

// What one field buys of another.
struct InputLink {
    std::string key;
    std::string supplier, buyer, source;
    double coefficient, price_response;

    InputLink();
    void describe(const sim::Members& member);
};

struct Place {
    std::string key;
    std::string name, name_zh, source;
    double weight, land_price, land_supply, governance;
    bool development_zone, present;

    Place();
    void describe(const sim::Members& member);
};

struct Cluster {
    std::string key;
    std::string name, name_zh, focus, source, industry;
    std::vector<std::string> places;
    double share, firm_share;

    Cluster();
    void describe(const sim::Members& member);
};

// A firm known by name: its size is set, everything else is drawn like any other's.
struct NamedFirm {
    std::string key;
    std::string name, name_zh, source, industry, field, place;
    double base_sales, group_ratio, research_intensity;
    std::optional<double> exports_share;
    bool listed, high_tech;

    NamedFirm();
    void describe(const sim::Members& member);
};

// What of an output is counted: one key of a dimension each, all of them where none is named.
struct Where {
    std::string industry, field, cluster, place, tier, origin, lever, recipient;

    Where();
    void describe(const sim::Members& member);
    bool operator==(const Where&) const = default;

    // The dimensions that a key is named of, with the key.
    [[nodiscard]] std::vector<std::pair<std::string_view, std::string>> named() const;
    // nullptr where no filter knows the dimension.
    [[nodiscard]] std::string* key_of(std::string_view dim);
};

// What is made of the output in a year. Change, ratio and growth are against the year before the start.
enum class Measure : std::uint8_t { level, change, ratio, growth, share, per_worker };
// Whose number is the value, of those that reach a bound: nobody's, firms', or keys' of a dimension.
enum class Counted : std::uint8_t { nothing, industries, fields, clusters, places, zones, firms };
enum class Basis : std::uint8_t { actual, reported };  // what happened, or what the statistics would say
enum class RevenueScope : std::uint8_t { local, group };
enum class Comparison : std::uint8_t { at_least, at_most, about, between };
enum class Detail : std::uint8_t { targets, yearly, quarterly, firms };

struct Target {
    std::string key;
    std::string name, name_zh, section, output, of, column, unit;
    Where where;
    Measure measure;
    Counted count;
    bool as_share;
    Comparison comparison;
    RevenueScope revenue_scope;
    double value, tolerance;
    std::optional<double> upper, bound, year;

    Target();
    void describe(const sim::Members& member);
};

// Targets that are asked for together: how likely is it that all of them are met?
struct TargetGroup {
    std::string key;
    std::string name, name_zh;
    std::vector<std::string> targets;

    void describe(const sim::Members& member);
};

// One path of the macro economy, by year.
struct MacroPath {
    std::string key;
    std::string name, name_zh, source;
    sim::Schedule industrial_growth, price_growth, lending_rate, listing, wage_growth;

    MacroPath();
    void describe(const sim::Members& member);
};

// A common shock: a deviation of growth that several industries share, with sudden changes now and then.
struct Factor {
    std::string key;
    std::string name, name_zh, source;
    bool national;
    double persistence, volatility, jump_rate, jump_mean, jump_spread;

    Factor();
    void describe(const sim::Members& member);
};

// How much of a factor an industry feels.
struct Loading {
    std::string key;
    std::string factor, industry, source;
    double loading, price_loading;

    Loading();
    void describe(const sim::Members& member);
};

// What a path of the macro economy says of one factor.
struct FactorPath {
    std::string key;
    std::string macro, factor, source;
    sim::Schedule growth;

    FactorPath();
    void describe(const sim::Members& member);
};

// What a path of the macro economy says of one industry, or of one field, on top of its own trend.
struct IndustryPath {
    std::string key;
    std::string macro, industry, field, source;
    sim::Schedule price_growth, demand_growth;

    IndustryPath();
    void describe(const sim::Members& member);
};

}  // namespace growth

namespace sim {

template <>
struct Words<growth::Priority> {
    static constexpr std::array<std::string_view, 3> words = {"focus", "expand", "cultivate"};
};
template <>
struct Words<growth::Measure> {
    static constexpr std::array<std::string_view, 6> words = {"level",  "change", "ratio",
                                                              "growth", "share",  "per_worker"};
};
template <>
struct Words<growth::Counted> {
    static constexpr std::array<std::string_view, 7> words = {"nothing", "industries", "fields", "clusters",
                                                              "places",  "zones",      "firms"};
};
template <>
struct Words<growth::Basis> {
    static constexpr std::array<std::string_view, 2> words = {"actual", "reported"};
};
template <>
struct Words<growth::Detail> {
    static constexpr std::array<std::string_view, 4> words = {"targets", "yearly", "quarterly", "firms"};
};
template <>
struct Words<growth::Comparison> {
    static constexpr std::array<std::string_view, 4> words = {"at_least", "at_most", "about", "between"};
};
template <>
struct Words<growth::RevenueScope> {
    static constexpr std::array<std::string_view, 2> words = {"local", "group"};
};

}  // namespace sim
